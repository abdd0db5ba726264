/** The agent’s `dial` carries conversations to sockets in the machine. */
import { createServer, type Server } from 'node:net';
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
