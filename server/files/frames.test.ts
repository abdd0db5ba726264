import { expect, test } from 'vitest';
import { encodeFrame, encodeWatch, FRAME_BYTES, HelperFrameReader } from './frames.ts';
import { showName } from './names.ts';
import { bytes, changed, end, entry, failed, standing } from './testing/fake-helper.ts';

const read = (...chunks: Buffer[]) => {
  const reader = new HelperFrameReader();
  return chunks.flatMap((chunk) => [...reader.read(chunk)]);
};

test('frames are read wherever the stream is cut', () => {
  const all = Buffer.concat([
    standing('f', 3),
    bytes('abc'),
    end(),
    entry('名'),
    failed(28),
    changed('/root'),
  ]);
  const whole = read(all);
  expect(whole.map(({ type }) => type)).toEqual(['standing', 'bytes', 'end', 'entry', 'failed', 'changed']);
  expect(whole[0]).toEqual({
    type: 'standing',
    standing: {
      kind: 'file',
      bytes: 3,
      modifiedAt: new Date(1_900_000_000_000),
      mode: 0o644,
      version: 'aaaaaaaaaaaaaaaa',
    },
  });
  for (const size of [1, 2, 7, 31]) {
    const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
      all.subarray(at * size, (at + 1) * size),
    );
    expect(read(...chunks)).toEqual(whole);
  }
});

const poked = (frame: Buffer, at: number, ...values: number[]) => {
  const copy = Buffer.from(frame);
  Buffer.from(values).copy(copy, at);
  return copy;
};

test.each([
  ['an unknown type', encodeFrame('Z')],
  ['a length that no frame has', poked(bytes('x'), 1, 0xff, 0xff, 0xff, 0xff)],
  ['no bytes at all', encodeFrame('B')],
  ['one byte too many', encodeFrame('B', Buffer.alloc(FRAME_BYTES + 1))],
  ['a standing cut short', encodeFrame('A', Buffer.alloc(28))],
  ['an unknown kind', standing('x')],
  ['a size beyond numbers', poked(standing('f'), 6, 0xff)],
  ['a mode that is none', poked(standing('f'), 5 + 17, 0xff)],
  ['an entry without a name', entry('')],
  ['a name with a slash', entry('a/b')],
  ['a name with a zero byte', entry('a\0b')],
  ['the directory above', entry('..')],
  ['the directory itself', entry('.')],
  ['a name that is too long', entry('x'.repeat(1025))],
  ['a link to nothing known', entry('a', 'l!')],
  ['a change without a path', changed('')],
  ['an end with words', encodeFrame('E', Buffer.from('end'))],
])('the reading ends at %s', (_what, frame) => {
  expect(() => read(frame)).toThrow(expect.objectContaining({ code: 'files_protocol' }));
});

test('a time beyond the calendar is shown as its last second', () => {
  const frame = poked(standing('f'), 5 + 9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
  expect(read(frame)[0]).toMatchObject({ standing: { modifiedAt: new Date('9999-12-31T23:59:59Z') } });
});

test('more paths than a frame holds are left out whole', () => {
  const paths = Array.from({ length: 64 }, (_, at) => `/${at}${'x'.repeat(4000)}`);
  const frame = encodeWatch(paths);
  expect(frame.length).toBeLessThanOrEqual(5 + FRAME_BYTES);
  expect((frame.length - 5) % 4003).toBeLessThan(64);
});

test('names that are no text are shown escaped and cannot be asked for', () => {
  expect(showName(Buffer.from('größe\n文件'))).toEqual({ name: 'größe\n文件', openable: true });
  expect(showName(Buffer.from('\ufffd'))).toEqual({ name: '\ufffd', openable: true });
  const odd = Buffer.concat([Buffer.from('ä'), Buffer.from([0xff, 0xe6]), Buffer.from('文z')]);
  expect(showName(odd)).toEqual({ name: 'ä\\xff\\xe6文z', openable: false });
});
