import { expect, test } from 'vitest';
import { appCommand } from './app-command.ts';

const place = { root: '/root/drydock', apiPort: 3000, keepDays: 7, guestDays: 30, development: false };

test('the app inherits nothing: no secret, no setting, no engine', () => {
  process.env.SOME_SECRET = 'x';
  const { env } = appCommand(place, 4000);
  delete process.env.SOME_SECRET;
  expect(Object.keys(env).toSorted()).toEqual([
    'DRYDOCK_API',
    'DRYDOCK_GUEST_DAYS',
    'DRYDOCK_KEEP_DAYS',
    'HOME',
    'LANG',
    'NEXT_TELEMETRY_DISABLED',
    'NODE_ENV',
    'PATH',
  ]);
  expect(env.DRYDOCK_API).toBe('http://127.0.0.1:3000');
});

test('the app is nobody, gains no power, ends with us and listens on loopback only', () => {
  const { command, args } = appCommand(place, 4000);
  const line = [command, ...args].join(' ');
  expect(line).toMatch(/^unshare --mount --propagation private /);
  expect(line).toContain('--reuid 65534 --regid 65534 --clear-groups --no-new-privs');
  expect(line).toContain('--bounding-set=-all --pdeathsig KILL');
  expect(line).toMatch(/next start -H 127\.0\.0\.1 -p 4000$/);
});
