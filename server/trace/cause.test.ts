import { expect, test } from 'vitest';
import { asApiCall } from './api-call.ts';
import { causeOf, timed } from './cause.ts';
import { callSpan } from './testing/spans.ts';
import { typed } from './testing/typed.ts';

const AT = 1_900_000_000_000;
const call = (afterMs: number, userAgent?: string) =>
  asApiCall(callSpan({ startedAtMs: AT + afterMs, ...(userAgent === undefined ? {} : { userAgent }) }))!;
/** From and to in milliseconds, and the terminal where it was typed. */
const ran = (line: string, from: number, to: number, terminal = '1') =>
  timed(typed(line, { atMs: AT + from, durationMs: to - from, terminal }));
const cause = (...[one, ...commands]: [ReturnType<typeof call>, ...ReturnType<typeof ran>[]]) =>
  causeOf(one, commands)?.line ?? null;

test('a call that began while a command ran comes from it', () => {
  expect(cause(call(50), ran('docker ps', 0, 100))).toBe('docker ps');
  expect(cause(call(101), ran('docker ps', 0, 100))).toBeNull();
  expect(cause(call(-500), ran('docker ps', 0, 100))).toBeNull();
});

test('a script that names no client is a cause as good as any, where it is the only one', () => {
  expect(cause(call(50), ran('./deploy.sh', 0, 100))).toBe('./deploy.sh');
});

test('a command whose beginning was noted late is still found', () => {
  expect(cause(call(-20, 'curl/8.14.1'), ran('docker ps', -200, -10), ran('curl x', 0, 30))).toBe('curl x');
  expect(cause(call(-20), ran('docker ps', -200, -10), ran('docker images', 0, 30))).toBe('docker ps');
});

test('of two terminals the one that names the program is meant', () => {
  const both = [ran('./watch.sh', 40, 100, '2'), ran('curl --unix-socket x', 0, 100, '1')];
  expect(cause(call(50, 'curl/8.14.1'), ...both)).toBe('curl --unix-socket x');
  expect(cause(call(50), ran('docker ps', 0, 100), ran('curl x', 40, 100, '2'))).toBe('docker ps');
  expect(cause(call(50, 'compose/2.26.1-4'), ran('sleep 9', 0, 100), ran('docker compose up', 0, 90))).toBe(
    'docker compose up',
  );
});

test('of two alike the one typed last is meant: programs call at their start', () => {
  const both = [ran('docker logs -f web', 0, 5000, '1'), ran('docker ps', 3000, 3080, '2')];
  expect(cause(call(20), ...both)).toBe('docker logs -f web');
  expect(cause(call(3020), ...both)).toBe('docker ps');
  expect(cause(call(3020), ...both.toReversed())).toBe('docker ps');
});

test('a call without a name comes from whatever ran', () => {
  expect(cause(call(50, ''), ran('nc -U /var/run/docker.sock', 0, 100))).toBe('nc -U /var/run/docker.sock');
});
