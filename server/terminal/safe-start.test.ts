import { expect, test } from 'vitest';
import { RingBuffer } from '../lib/ring-buffer.ts';
import { safeStart } from './safe-start.ts';

function startOf(text: string, from: number): string {
  const ring = new RingBuffer(100);
  const bytes = Buffer.from(text);
  ring.append(bytes);
  return bytes.subarray(safeStart(ring, from)).toString();
}

test('reading starts with a whole line', () => {
  expect(startOf('half a line\nwhole\u001b[0m', 3)).toBe('whole\u001b[0m');
});

test('without a line end it starts with a whole escape sequence', () => {
  expect(startOf('31mred\u001b[0mplain', 1)).toBe('\u001b[0mplain');
});

test('without either it does not start inside a character', () => {
  expect(startOf('你好', 1)).toBe('好');
});

test('at the end there is nothing to look for', () => {
  expect(startOf('abc', 3)).toBe('');
});
