import { expect, test } from 'vitest';
import {
  HolderFrameReader,
  HolderProtocolError,
  OUTPUT_BYTES,
  encodeAck,
  encodeAttach,
  encodeFrame,
  encodeInput,
  encodeResize,
} from './frames.ts';
import { encodeExit, encodeOutput, encodeSpan } from './testing/fake-holder.ts';

const read = (reader: HolderFrameReader, chunk: Buffer) => [...reader.read(chunk)];

test('our frames have the bytes that the holder expects', () => {
  expect(encodeAttach(258).toString('hex')).toBe('41000000080000000000000102');
  expect(encodeAttach('oldest').toString('hex')).toBe('4100000008ffffffffffffffff');
  expect(encodeInput(Buffer.from('ls\n')).toString('hex')).toBe('49000000036c730a');
  expect(encodeResize(80, 24).toString('hex')).toBe('520000000400500018');
  expect(encodeAck(65536).toString('hex')).toBe('4b0000000400010000');
});

test('frames read the same wherever the stream is split', () => {
  const stream = Buffer.concat([
    encodeSpan(5, 5),
    encodeOutput(5, Buffer.from('hello 你好')),
    encodeOutput(17, Buffer.alloc(OUTPUT_BYTES, 0x61)),
    encodeExit(130),
  ]);
  const whole = read(new HolderFrameReader(), stream);
  expect(whole.map((frame) => frame.type)).toEqual(['span', 'output', 'output', 'exit']);
  for (const size of [1, 2, 3, 7, 1000, 65_536]) {
    const reader = new HolderFrameReader();
    const pieces = [];
    for (let at = 0; at < stream.length; at += size)
      pieces.push(...read(reader, stream.subarray(at, at + size)));
    expect(pieces).toEqual(whole);
  }
});

test.each([
  ['an unknown type', encodeFrame('Z', Buffer.alloc(4))],
  ['a frame that claims four gigabytes', Buffer.from('4fffffffff', 'hex')],
  ['output larger than allowed', Buffer.from('4f00010009', 'hex')],
  ['output without an offset', Buffer.from('4f00000007', 'hex')],
  ['a span of the wrong length', encodeFrame('S', Buffer.alloc(8))],
  ['a span that ends before it starts', encodeSpan(9, 8)],
  ['an offset beyond all reason', encodeFrame('O', Buffer.from('ffffffffffffffff', 'hex'))],
])('%s is refused', (_, bytes) => {
  expect(() => read(new HolderFrameReader(), bytes)).toThrow(HolderProtocolError);
});

test('a refused length is refused before any of its payload is waited for', () => {
  const reader = new HolderFrameReader();
  expect(read(reader, Buffer.from('4fffff', 'hex'))).toEqual([]);
  expect(() => read(reader, Buffer.from('ffff', 'hex'))).toThrow('no frame');
});
