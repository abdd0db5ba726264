/** WebSockets between browsers and programs, over real sockets. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Look } from './testing/look.ts';

const MIB = 1024 * 1024;

test('WebSocket messages pass both ways, text and bytes, with the protocol that was agreed on', async () => {
  await using look = await Look.at((_request, response) => void response.end());
  const sockets = new WebSocketServer({ server: look.program, handleProtocols: () => 'chat' });
  sockets.on('connection', (socket, request) => {
    socket.send(`you are at ${request.url} of ${request.headers.host}`);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  const socket = look.socket('/room?x=1', {}, ['chat']);
  const heard: string[] = [];
  socket.on('message', (data, isBinary) => heard.push(`${isBinary ? 'bytes' : 'text'} ${String(data)}`));
  await vi.waitFor(() => expect(heard).toEqual([`text you are at /room?x=1 of ${look.host()}`]));
  socket.send('hello');
  socket.send(Buffer.from('raw'));
  await vi.waitFor(() => expect(heard.slice(1)).toEqual(['text hello', 'bytes raw']));
  expect(look.server.previews.lines).toBe(1);
  socket.close();
  await once(socket, 'close');
  await vi.waitFor(() => expect(look.server.previews.lines).toBe(0));
  sockets.close();
});

test('a large WebSocket message comes whole', async () => {
  await using look = await Look.at(() => {});
  const sockets = new WebSocketServer({ server: look.program });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  const socket = look.socket('/');
  await once(socket, 'open');
  socket.send(Buffer.alloc(8 * MIB, 'z'));
  const [echo] = (await once(socket, 'message')) as [Buffer];
  expect(echo.length).toBe(8 * MIB);
  socket.terminate();
  sockets.close();
});

test('a program that does not upgrade says so itself', async () => {
  await using look = await Look.at((_request, response) => {
    response.writeHead(403, { 'set-cookie': 'a=b; Domain=test' });
    response.end('no sockets here');
  });
  const socket = look.socket('/');
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, ['a=b']]);
  socket.terminate();
});

test('a WebSocket to where nothing listens is refused by name', async () => {
  await using look = await Look.at(() => {});
  const socket = look.socket('/', { host: look.host({ port: 1 }) });
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect([answer.statusCode, answer.headers['x-drydock-preview']]).toEqual([502, 'silent']);
  socket.terminate();
});

test('a machine that goes down takes its connections with it', async () => {
  await using look = await Look.at(() => {});
  const sockets = new WebSocketServer({ server: look.program });
  const socket = look.socket('/');
  await once(socket, 'open');
  look.sandbox.machines.clear();
  look.sandbox.state = 'asleep';
  look.server.sandboxes.events.emit({ type: 'changed', sandbox: look.sandbox });
  await once(socket, 'close');
  expect((await look.get('/')).headers['x-drydock-preview']).toBe('asleep');
  sockets.close();
});

test('a server that stops closes open WebSockets', async () => {
  const look = await Look.at(() => {});
  const sockets = new WebSocketServer({ server: look.program });
  const socket = look.socket('/');
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await look[Symbol.asyncDispose]();
  await closed;
  expect(socket.readyState).toBe(WebSocket.CLOSED);
  sockets.close();
});
