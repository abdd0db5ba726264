import { expect, test } from 'vitest';
import { parseRead } from './read-notes.ts';

test('what a browser kept of closed notes is read back, newest 200 of them', () => {
  expect(parseRead(JSON.stringify(['aaaaaaaa', 'bbbbbbbb']))).toEqual(['aaaaaaaa', 'bbbbbbbb']);
  const many = Array.from({ length: 300 }, (_, index) => String(index));
  expect(parseRead(JSON.stringify(many))).toEqual(many.slice(100));
});

test('whatever else stands there counts as nothing closed', () => {
  for (const value of [null, '', '{', '{"a":1}', '7', 'null']) expect(parseRead(value)).toEqual([]);
  expect(parseRead('["aaaaaaaa",7,null]')).toEqual(['aaaaaaaa']);
});
