import { expect, test } from 'vitest';
import { SetUpError } from './errors.ts';
import { terminalReport } from './progress.ts';

function open(isTTY: boolean) {
  const told = { text: '', nowMs: 0 };
  const report = terminalReport(
    { write: (text) => (told.text += text), isTTY, columns: 60 },
    () => told.nowMs,
  );
  return { told, report };
}

test('a log gets one plain line when a step begins and one with its time when it ends', () => {
  const { told, report } = open(false);
  const step = report.begin('Disk pool');
  step.detail('mounting');
  told.nowMs = 1234;
  step.done();
  report.finish('Ready');
  expect(told.text).toBe('  … Disk pool\n  ✓ Disk pool, 1.2 s\nReady (1.2 s in all)\n');
});

test('a terminal sees all steps under way in one line that fits', () => {
  const { told, report } = open(true);
  const one = report.begin('Image catalog');
  const two = report.begin('Machine root');
  one.detail('3 of 8: nginx');
  told.nowMs = 65_000;
  two.done();
  const last = told.text.split('\r\x1b[K').at(-1)!;
  expect(told.text).toContain('  ✓ Machine root, 1 min 5 s\n');
  expect(last).toBe('  … Image catalog 1 min 5 s (3 of 8: nginx)');
  one.failed();
  expect(told.text).toContain('  ✗ Image catalog');
});

test('a failure is told with the way out', () => {
  const { told, report } = open(false);
  report.fail(
    new SetUpError('port_taken', { sentence: 'Port 3000 is taken.', wayOut: 'PORT=3001 npm start' }),
  );
  expect(told.text).toBe('Port 3000 is taken.\nPORT=3001 npm start\n');
});

test('when all was there, no total is told', () => {
  const { told, report } = open(false);
  report.finish('Ready');
  expect(told.text).toBe('Ready\n');
});
