import { expect, test } from 'vitest';
import { RingBuffer } from './ring-buffer.ts';

test('keeps the newest bytes under their absolute offsets', () => {
  const ring = new RingBuffer(8);
  ring.append(Buffer.from('abcdef'));
  ring.append(Buffer.from('ghij'));
  expect([ring.start, ring.end]).toEqual([2, 10]);
  expect(ring.read(2, 100).toString()).toBe('cdefghij');
  expect(ring.read(7, 2).toString()).toBe('hi');
});

test('a chunk larger than the ring leaves its own tail', () => {
  const ring = new RingBuffer(4);
  ring.append(Buffer.from('ab'));
  ring.append(Buffer.from('0123456789'));
  expect([ring.start, ring.end]).toEqual([8, 12]);
  expect(ring.read(8, 4).toString()).toBe('6789');
});

test('an offset that is gone is refused instead of answered with other bytes', () => {
  const ring = new RingBuffer(4);
  ring.append(Buffer.from('abcdef'));
  expect(() => ring.read(0, 1)).toThrow('invariant');
});

test('after a reset the stream goes on at the new offset', () => {
  const ring = new RingBuffer(4);
  ring.append(Buffer.from('abc'));
  ring.reset(1000);
  ring.append(Buffer.from('xy'));
  expect(ring.read(1000, 4).toString()).toBe('xy');
});
