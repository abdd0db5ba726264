/** The agent’s `dial` carries conversations to sockets in the machine, and its `await` waits until there is one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AgentPlace } from './testing/agent-place.ts';

let place: AgentPlace;
beforeAll(async () => {
  place = await AgentPlace.make();
});
afterAll(() => place.clear());

async function echoServer(listen: (server: Server) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const said: Buffer[] = [];
    socket
      // Whoever only looks whether we listen does not stay for an answer.
      .on('error', () => undefined)
      .on('data', (bytes) => said.push(bytes))
      .on('end', () => socket.end(`heard ${Buffer.concat(said)}`));
  });
  listen(server);
  await new Promise((settle) => server.on('listening', settle));
  return server;
}

test.each(['unix', 'tcp'] as const)('dial carries a half-closed conversation over %s', async (kind) => {
  const server = await echoServer((it) =>
    kind === 'unix' ? it.listen(place.path('echo')) : it.listen(0, '127.0.0.1'),
  );
  const address = server.address();
  const target = typeof address === 'string' ? `unix:${address}` : `tcp:${address?.port}`;
  const child = place.spawn(['dial', target]);
  let answer = '';
  child.stdout.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  child.stdin.end('hello');
  const code = await new Promise((settle) => child.on('close', settle));
  expect({ code, answer }).toEqual({ code: 0, answer: 'heard hello' });
  server.close();
});

test('dialling where nobody listens fails at once', async () => {
  expect((await place.run(['dial', 'tcp:1'])).code).toBe(1);
  expect((await place.run(['dial', `unix:${place.path('nothing')}`])).code).toBe(1);
  expect((await place.run(['dial', 'tcp:99999'])).code).toBe(1);
});

const ended = (child: ChildProcess) => new Promise<number | null>((settle) => child.on('close', settle));

test('waiting ends as soon as somebody listens, over a dead socket too', async () => {
  const path = place.path('late');
  const first = place.spawn(['await', `unix:${path}`, '20000']);
  const server = await echoServer((it) => setTimeout(() => it.listen(path), 200));
  const listening = performance.now();
  expect(await ended(first)).toBe(0);
  expect(performance.now() - listening).toBeLessThan(200);
  expect((await place.run(['await', `unix:${path}`, '20000'])).code).toBe(0);

  // What a daemon that was killed leaves behind: a socket at which nobody answers.
  const dead = place.path('dead');
  const holder = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(dead)})`,
  ]);
  while (!existsSync(dead)) await pause(20);
  holder.kill('SIGKILL');
  await ended(holder);
  const second = place.spawn(['await', `unix:${dead}`, '20000']);
  await pause(200);
  await rm(dead);
  const next = await echoServer((it) => it.listen(dead));
  expect(await ended(second)).toBe(0);
  server.close();
  next.close();
});

test('waiting ends when its time is over, and when whoever asked has gone', async () => {
  expect((await place.run(['await', `unix:${place.path('never')}`, '100'])).code).toBe(3);
  const child = place.spawn(['await', `unix:${place.path('never')}`, '60000']);
  child.stdin.end();
  expect(await ended(child)).toBe(1);
});
