/** What one machine's engine told, held against what was typed there. */
import { expect, test } from 'vitest';
import { OWN_USER_AGENT } from '../engine/contract.ts';
import { CALLS_KEPT, CHARACTERS_KEPT, MachineTrace, SPANS_KEPT } from './machine-trace.ts';
import { decodeSpans } from './otlp.ts';
import { recorded, type RecordedCommand } from './testing/recorded.ts';
import { callSpan, span } from './testing/spans.ts';
import { typed } from './testing/typed.ts';

const AT = 1_900_000_000_000;

/** A recorded command, and the line that would have been typed for it. */
function replay(trace: MachineTrace, name: RecordedCommand, line: string) {
  const { spans } = decodeSpans(recorded(name));
  trace.take(spans);
  const starts = spans.map(({ startedAtMs }) => startedAtMs);
  const ends = spans.map(({ startedAtMs, durationMs }) => startedAtMs + durationMs);
  const atMs = Math.floor(Math.min(...starts)) - 20;
  return typed(line, { atMs, durationMs: Math.max(...ends) + 5 - atMs });
}

test('`docker run` is told as its calls, each with what containerd was asked for it', () => {
  const trace = new MachineTrace();
  const command = replay(trace, 'docker-run', 'docker run --rm hello-world');
  trace.noteCommand(command);
  const { calls, others } = trace.of(command)!;
  expect(calls.map(({ call }) => call.path.split('/').at(-1))).toEqual([
    '_ping',
    'create',
    'attach',
    'wait',
    'start',
  ]);
  expect(calls.at(-1)!.spans.map(({ name }) => name.split('/').at(-1))).toEqual([
    'Create',
    'Create',
    'Delete',
  ]);
  // dockerd starts the task itself without a word about for whom.
  expect(others.map(({ name }) => name.split('.').at(-1))).toEqual(
    expect.arrayContaining(['Tasks/Create', 'Tasks/Start', 'Tasks/Delete']),
  );
  expect(calls.every(({ call }) => call.command === command)).toBe(true);
});

test('the steps of a build are told with it', () => {
  const trace = new MachineTrace();
  const command = replay(trace, 'docker-build', 'docker build -t me .');
  trace.noteCommand(command);
  const names = trace.of(command)!.others.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['build .', '[2/3] RUN echo hi > /x', '[3/3] RUN echo ho > /y']),
  );
});

test('calls of one trace keep their own children', () => {
  const trace = new MachineTrace();
  const command = replay(trace, 'compose-up', 'docker compose up -d');
  trace.noteCommand(command);
  const told = trace.of(command)!.calls;
  const of = (path: RegExp) => told.find(({ call }) => path.test(call.path))!.spans.map(({ name }) => name);
  expect(of(/create$/)).toEqual([]);
  expect(of(/info$/)).toContain('hostName');
  expect(of(/start$/)).toHaveLength(3);
});

test('a call is nobody’s until its command has ended, whichever is told first', () => {
  const command = typed('docker ps', { atMs: AT, durationMs: 80 });
  const called = callSpan({ startedAtMs: AT + 30 });

  const early = new MachineTrace();
  early.take([called]);
  expect(early.calls).toMatchObject([{ command: null }]);
  early.noteCommand(command);
  expect(early.calls).toMatchObject([{ command: { line: 'docker ps' } }]);

  const late = new MachineTrace();
  late.noteCommand(command);
  expect(late.of(command)!.calls).toEqual([]);
  late.take([called]);
  expect(late.of(command)!.calls).toMatchObject([{ call: { spanId: called.spanId } }]);
});

test('a longer command that ends later takes back what was its own', () => {
  const trace = new MachineTrace();
  trace.take([callSpan({ startedAtMs: AT + 30, path: '/v1.45/containers/web/logs' })]);
  trace.noteCommand(typed('docker ps', { atMs: AT - 100, durationMs: 150, terminal: '1' }));
  expect(trace.calls[0]!.command?.line).toBe('docker ps');
  trace.noteCommand(typed('docker logs -f web', { atMs: AT, durationMs: 9000, terminal: '2' }));
  expect(trace.calls[0]!.command?.line).toBe('docker logs -f web');
});

test('our own calls are left out', () => {
  const trace = new MachineTrace();
  trace.take([callSpan({ userAgent: OWN_USER_AGENT }), callSpan({ userAgent: 'curl/8.14.1' })]);
  expect(trace.calls.map(({ userAgent }) => userAgent)).toEqual(['curl/8.14.1']);
});

test('spans that name each other as parent are told once', () => {
  const trace = new MachineTrace();
  const traceId = 'a'.repeat(32);
  const [one, two] = ['1'.repeat(16), '2'.repeat(16)];
  trace.take([
    callSpan({ traceId, spanId: one, parentId: two, startedAtMs: AT }),
    span({ traceId, spanId: two, parentId: one, startedAtMs: AT }),
    span({ traceId, spanId: two, parentId: two, startedAtMs: AT }),
  ]);
  const command = typed('docker ps', { atMs: AT - 10 });
  trace.noteCommand(command);
  expect(trace.of(command)!.calls[0]!.spans).toHaveLength(3);
});

test('only so many spans are kept, and only so many characters of them; calls are kept longer', () => {
  const command = typed('docker ps', { atMs: AT - 10, durationMs: 1000 });
  const kept = (trace: MachineTrace) => trace.of(command)!.others.length;

  const many = new MachineTrace();
  many.noteCommand(command);
  many.take([callSpan({ startedAtMs: AT })]);
  for (let round = 0; round < 3; round++)
    many.take(Array.from({ length: SPANS_KEPT }, () => span({ startedAtMs: AT })));
  expect(kept(many)).toBe(SPANS_KEPT);
  expect(many.calls).toHaveLength(1);

  const long = new MachineTrace();
  long.noteCommand(command);
  const attributes = new Map([['key', 'x'.repeat(10_000)]]);
  for (let round = 0; round < 100; round++) long.take([span({ startedAtMs: AT, attributes })]);
  expect(kept(long)).toBe(Math.floor(CHARACTERS_KEPT / (10_000 + 'keyworkdockerd'.length)));

  const busy = new MachineTrace();
  busy.take(Array.from({ length: CALLS_KEPT + 10 }, (_, index) => callSpan({ startedAtMs: AT + index })));
  expect(busy.calls).toHaveLength(CALLS_KEPT);
  expect(busy.calls[0]!.startedAtMs).toBe(AT + 10);
});

test('a machine that goes to sleep keeps its calls, not its spans', () => {
  const trace = new MachineTrace();
  const command = replay(trace, 'docker-run', 'docker run --rm hello-world');
  trace.noteCommand(command);
  trace.forgetSpans();
  expect(trace.of(command)).toMatchObject({ calls: { length: 5 }, others: [] });
  expect(trace.of(command)!.calls.at(-1)!.spans).toEqual([]);
});
