import { expect, test } from 'vitest';
import { newNoteSchema } from './classes.ts';

const accepts = (command: string) =>
  newNoteSchema.safeParse({ text: 'Try this', command, learner: null }).success;

test('a command in a note is what one sees: several lines and any script, but nothing hidden', () => {
  expect(accepts('docker run -d -p 8080:80 nginx')).toBe(true);
  expect(accepts('cat <<END\n你好 Zoë\nEND')).toBe(true);
  // A paste that ends early, a key of its own, text turned round, marks without width, tabs that complete.
  for (const hidden of ['\u001b[201~', '\u0003', '\u202e', '\u200b', '\u2028', '\t', '\r', '\u007f'])
    expect(accepts(`echo a${hidden}b`), JSON.stringify(hidden)).toBe(false);
  expect(accepts(' ')).toBe(false);
});
