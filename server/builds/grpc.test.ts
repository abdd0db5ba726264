import { afterEach, beforeEach, expect, test } from 'vitest';
import { Grpc } from './grpc.ts';
import { FakeBuildKit, message } from './testing/fake-buildkit.ts';

let kit: FakeBuildKit;
beforeEach(async () => {
  kit = await new FakeBuildKit().start();
});
afterEach(() => kit[Symbol.asyncDispose]());

const PATH = '/moby.buildkit.v1.Control/Status';
const ask = async (maxBytes = 1000) => {
  using grpc = await Grpc.over(await kit.dial());
  const answers = await Array.fromAsync(grpc.call(PATH, Buffer.from('ask'), maxBytes));
  return answers.map(String);
};
const answers = (sent: Buffer, status: string | null = '0') => kit.answers.set(PATH, { sent, status });

test('asks over a connection that the engine hands over, in our name and without a trace', async () => {
  answers(
    Buffer.concat([message(Buffer.from('one')), message(Buffer.from('')), message(Buffer.from('three'))]),
  );
  expect(await ask()).toEqual(['one', '', 'three']);
  expect(kit.asked[0]!.body.toString()).toBe('\0\0\0\0\x03ask');
  expect(kit.asked[0]!.headers).toMatchObject({ 'user-agent': 'drydock', te: 'trailers' });
  expect(kit.asked[0]!.headers.traceparent).toMatch(/-00$/);
});

test('a call that BuildKit refuses, and one that it breaks off', async () => {
  answers(Buffer.alloc(0), '5');
  await expect(ask()).rejects.toThrow('ended with status 5');
  answers(message(Buffer.from('half'), 900), null);
  await expect(ask()).rejects.toThrow('ended with status unknown');
});

test('an answer over its bound is not read to its end', async () => {
  answers(message(Buffer.alloc(2000)));
  await expect(ask(1000)).rejects.toThrow('over 1000 bytes');
  answers(message(Buffer.from('x'), 0xfffffff0));
  await expect(ask(1000)).rejects.toThrow('not a message');
});

test('a compressed message is none that we asked for', async () => {
  const sent = message(Buffer.from('x'));
  sent[0] = 1;
  answers(sent);
  await expect(ask()).rejects.toThrow('not a message');
});

test('an engine that does not hand over', async () => {
  kit.refusal = 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n';
  await expect(ask()).rejects.toThrow('answered 403');
  kit.refusal = 'SSH-2.0-nonsense\r\n';
  await expect(ask()).rejects.toThrow('no connection');
  kit.refusal =
    'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nnot HTTP/2 at all\r\n\r\n';
  await expect(ask()).rejects.toThrow('got no answer');
});
