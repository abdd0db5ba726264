/** What Docker and the host say, in the few words that the house knows. */
import { expect, test } from 'vitest';
import { toEngineError } from './errors.ts';

test.each([
  ['write /data/x: no space left on device', 'disk_full'],
  ['mkdir /pool/x: disk quota exceeded', 'disk_full'],
  [
    'unable to join session keyring: unable to create session key: disk quota exceeded',
    'machine_unreachable',
  ],
])('“%s” is %s', (message, code) => {
  expect(toEngineError(new Error(message), 'Making node1').code).toBe(code);
});
