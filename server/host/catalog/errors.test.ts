import { expect, test } from 'vitest';
import { buildFailure } from './errors.ts';

test('a mirror out of reach is told as that, with the line that names it', () => {
  const stderr = [
    'Err:1 http://mirror.example/debian trixie InRelease',
    '  Could not connect to mirror.example:80 (10.0.0.1), connection timed out',
    'E: apt-get update failed',
    'E: mmdebstrap failed to run',
  ].join('\n');
  const failure = buildFailure('a minimal Debian', { code: 25, stdout: '', stderr });
  expect(failure.code).toBe('mirror_unreachable');
  expect(failure.message).toMatch(/could not fetch Debian packages: Could not connect to mirror\.example:80/);
  expect(failure.wayOut).toContain('apt-get update');
});

test('any other failure keeps the last words of what failed', () => {
  const failure = buildFailure('cp x', { code: 1, stdout: '', stderr: 'one\ncp: no space left on device' });
  expect([failure.code, failure.message]).toEqual([
    'command_failed',
    'Building the catalog (cp x) failed with code 1: one / cp: no space left on device',
  ]);
});
