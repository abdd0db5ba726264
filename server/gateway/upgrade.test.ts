import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { openTestServer } from './testing/test-server.ts';

/** Resolves with all that came, when the server has closed its side. */
async function upgradeOf(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: drydock.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  await once(socket, 'close');
  return answer;
}

test('an upgrade of what is no address, or no socket of ours, is closed and not kept', async () => {
  await using server = await openTestServer();
  expect(await upgradeOf(Number(server.base.split(':')[1]), '//')).toBe('');
  expect(await upgradeOf(Number(server.base.split(':')[1]), '/elsewhere')).toContain('404');
  expect(server.errors).toEqual([]);
});

test('who takes longer than half a minute over a request of ours is cut off', async () => {
  await using server = await openTestServer();
  const socket = connect(Number(server.base.split(':')[1]), '127.0.0.1');
  socket.write('POST /api/sandboxes HTTP/1.1\r\nHost: drydock.test\r\nContent-Length: 10\r\n\r\nslow');
  const closed = once(socket, 'close');
  let isClosed = false;
  void closed.then(() => (isClosed = true));
  socket.resume();
  await vi.waitFor(async () => {
    await server.clock.advance(31_000);
    expect(isClosed).toBe(true);
  });
});
