import { expect, test } from 'vitest';
import { asApiCall } from './api-call.ts';
import { causeOf, timed, type TimedCommand } from './cause.ts';
import { callSpan } from './testing/spans.ts';
import { typed } from './testing/typed.ts';

const AT = 1_900_000_000_000;
const call = (afterMs: number, userAgent?: string, path?: string) =>
  asApiCall(callSpan({ startedAtMs: AT + afterMs, userAgent, path }))!;
/** From and to in milliseconds, and the terminal where it was typed. */
type Ran = [line: string, from: number, to: number, terminal?: string];

/** Commands in the order in which they ended, as they are told. */
function cause(one: ReturnType<typeof call>, ...commands: Ran[]): string | null {
  const known: TimedCommand[] = [];
  for (const [line, from, to, terminal] of commands)
    known.push(timed(typed(line, { atMs: AT + from, durationMs: to - from, terminal }), known));
  return causeOf(one, known)?.line ?? null;
}

test('a call that began while a command ran comes from it', () => {
  expect(cause(call(50), ['docker ps', 0, 100])).toBe('docker ps');
  expect(cause(call(101), ['docker ps', 0, 100])).toBeNull();
  expect(cause(call(-500), ['docker ps', 0, 100])).toBeNull();
});

test('a script that names no client is the cause where nothing else ran', () => {
  expect(cause(call(50), ['./deploy.sh', 0, 100])).toBe('./deploy.sh');
});

test('a command whose beginning was noted late is still found', () => {
  expect(cause(call(-20), ['docker ps', 0, 30])).toBe('docker ps');
  expect(cause(call(-20, 'curl/8.14.1'), ['docker ps', -200, -10], ['curl x', 0, 30])).toBe('curl x');
});

test('lines that were pasted keep their own calls', () => {
  const pasted: Ran[] = [
    ['docker ps', 0, 50],
    ['docker images', 51, 120],
  ];
  expect(cause(call(40), ...pasted)).toBe('docker ps');
  expect(cause(call(90), ...pasted)).toBe('docker images');
});

test('of two terminals the one that names the program is meant', () => {
  const both: Ran[] = [
    ['./watch.sh', 40, 100, '2'],
    ['curl --unix-socket x', 0, 100, '1'],
  ];
  expect(cause(call(50, 'curl/8.14.1'), ...both)).toBe('curl --unix-socket x');
  expect(cause(call(50), ['docker ps', 0, 100], ['curl x', 40, 100, '2'])).toBe('docker ps');
  const compose: Ran = ['docker compose up', 0, 90, '2'];
  expect(cause(call(50, 'compose/2.26.1-4'), compose, ['sleep 9', 0, 100])).toBe('docker compose up');
});

test('of two alike the one is meant that names what was called', () => {
  const both: Ran[] = [
    ['docker ps', 3000, 3080, '2'],
    ['docker logs -f web', 0, 5000, '1'],
  ];
  expect(cause(call(2990, undefined, '/v1.45/containers/web/logs'), ...both)).toBe('docker logs -f web');
});

test('of two alike the one is meant that began nearest to the call, noted late or not', () => {
  const both: Ran[] = [
    ['docker ps', 3000, 3080, '2'],
    ['docker logs -f web', 0, 5000, '1'],
  ];
  expect(cause(call(20), ...both)).toBe('docker logs -f web');
  expect(cause(call(3020), ...both)).toBe('docker ps');
  expect(cause(call(2970), ...both)).toBe('docker ps');
});

test('a call without a name comes from whatever ran', () => {
  expect(cause(call(50, ''), ['nc -U /var/run/docker.sock', 0, 100])).toBe('nc -U /var/run/docker.sock');
});
