import { PassThrough } from 'node:stream';
import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { demux } from './demux.ts';

function frame(type: number, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

async function collect(stream: PassThrough): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function open(highWaterMark?: number) {
  const source = new PassThrough({ highWaterMark });
  const stdout = new PassThrough({ highWaterMark });
  const stderr = new PassThrough();
  const done = demux(source, stdout, stderr).finally(() => {
    stdout.end();
    stderr.end();
  });
  return { source, stdout, stderr, done };
}

test('both streams come out whole however the bytes were cut', async () => {
  const bytes = Buffer.concat([frame(1, 'one '), frame(2, 'oops'), frame(1, ''), frame(1, 'two')]);
  for (const size of [1, 3, 7, 8, 9, bytes.length]) {
    const { source, stdout, stderr, done } = open();
    for (let at = 0; at < bytes.length; at += size) source.write(bytes.subarray(at, at + size));
    source.end();
    expect(await Promise.all([collect(stdout), collect(stderr), done])).toEqual([
      'one two',
      'oops',
      undefined,
    ]);
  }
});

test('a reader who stops stops the source', async () => {
  const { source, stdout, stderr, done } = open(1024);
  stderr.resume();
  let accepted = 0;
  while (accepted < 1000 && source.write(frame(1, Buffer.alloc(1000)))) {
    accepted++;
    await settled();
  }
  expect(accepted).toBeLessThan(20);
  source.end();
  stdout.resume();
  await done;
});

test('standard error that nobody reads does not hold up standard output', async () => {
  const { source, stdout, done } = open();
  for (let count = 0; count < 40; count++) source.write(frame(2, Buffer.alloc(10_000)));
  source.end(frame(1, 'still here'));
  expect(await collect(stdout)).toBe('still here');
  await done;
});

test('a reader who goes away does not hold up the rest', async () => {
  const { source, stdout, stderr, done } = open(16);
  source.write(frame(1, Buffer.alloc(1000)));
  await settled();
  stdout.destroy();
  source.end(frame(2, 'bye'));
  expect(await collect(stderr)).toBe('bye');
  await done;
});
