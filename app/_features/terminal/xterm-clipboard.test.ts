import { expect, test } from 'vitest';
import { readOffer } from './xterm-clipboard.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

test('a program may offer text, in any language', () => {
  expect(readOffer(`c;${base64('docker ps')}`)).toBe('docker ps');
  expect(readOffer(`;${base64('你好 🐳')}`)).toBe('你好 🐳');
});

test.each([
  ['a question', 'c;?'],
  ['nothing', 'c;'],
  ['no base64', 'c;%%%%'],
  ['half of base64', 'c;QUJD='],
  ['bytes that are no text', `c;${Buffer.from([0xff, 0xfe]).toString('base64')}`],
  ['far too much', `c;${base64('x'.repeat(200_000))}`],
])('%s is passed over', (_, data) => {
  expect(readOffer(data)).toBeNull();
});
