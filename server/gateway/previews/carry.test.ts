/** Bytes between browsers and programs, over real sockets. */
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { Look, READS } from './testing/look.ts';

const MIB = 1024 * 1024;

/** Bytes in buffers that somebody still holds. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

test('a page comes as the program sent it: status, headers, body, and none of our headers', async () => {
  await using look = await Look.at((_request, response) => {
    response.writeHead(418, 'Short and stout', { 'X-Mine': 'yes', 'Content-Type': 'text/plain' });
    response.end('tea');
  });
  const { status, text, headers, answer } = await look.get('/pot?kind=green');
  expect([status, answer.statusMessage, text, headers['x-mine']]).toEqual([
    418,
    'Short and stout',
    'tea',
    'yes',
  ]);
  for (const ours of [
    'x-frame-options',
    'content-security-policy',
    'cross-origin-opener-policy',
    'permissions-policy',
  ])
    expect(headers[ours]).toBeUndefined();
});

test('the program sees what the browser sent: method, path, body, and the host of its address', async () => {
  let seen: { line: string; headers: IncomingMessage['headers']; body: string } | null = null;
  await using look = await Look.at(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    seen = {
      line: `${request.method} ${request.url}`,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    response.end();
  });
  const headers = {
    'x-forwarded-for': '6.6.6.6',
    forwarded: 'for=6.6.6.6',
    'x-mine': '1',
    origin: 'http://me',
  };
  await look.send('PUT', '/a%20b?c=d', { body: 'told', headers });
  expect(seen!.line).toBe('PUT /a%20b?c=d');
  expect(seen!.body).toBe('told');
  expect(seen!.headers).toMatchObject({ host: look.host(), 'x-mine': '1', origin: 'http://me' });
  expect(seen!.headers).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-host': look.host() });
  expect(seen!.headers['x-forwarded-for']).toBeUndefined();
  expect(seen!.headers.forwarded).toBeUndefined();
});

test('requests one after another share a connection to the program', async () => {
  let connections = 0;
  await using look = await Look.at((_request, response) => void response.end('ok'));
  look.program.on('connection', () => connections++);
  for (let round = 0; round < 5; round++) expect((await look.get('/')).text).toBe('ok');
  expect(connections).toBe(1);
});

test('a kept connection that the program closed meanwhile is not the learner’s trouble', async () => {
  let requests = 0;
  await using look = await Look.at((request, response) => {
    requests++;
    // Says that it keeps the connection, and hangs up on the second request over it.
    if (request.socket.listenerCount('spoken') > 0) return void request.socket.destroy();
    request.socket.on('spoken', () => {});
    response.end('ok');
  });
  expect((await look.get('/')).text).toBe('ok');
  expect((await look.get('/')).text).toBe('ok');
  expect(requests).toBe(3);
});

test('a chunked answer comes chunk by chunk, an event as soon as it is sent', async () => {
  const next = Promise.withResolvers<void>();
  await using look = await Look.at((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    void next.promise.then(() => response.write('data: one\n\n'));
  });
  const answer = await look.open('/events');
  expect(answer.headers['content-type']).toBe('text/event-stream');
  next.resolve();
  const [event] = (await once(answer, 'data')) as [Buffer];
  expect(event.toString()).toBe('data: one\n\n');
  answer.destroy();
  await vi.waitFor(() => expect(look.server.previews.lines).toBe(0));
});

test('100 MB pass each way in little memory', { timeout: 60_000 }, async () => {
  const block = Buffer.alloc(MIB, 'x');
  let received = 0;
  await using look = await Look.at(async (request, response) => {
    for await (const chunk of request as AsyncIterable<Buffer>) received += chunk.length;
    for (let count = 0; count < 100; count++) if (!response.write(block)) await once(response, 'drain');
    response.end();
  });
  const answered = look.open('/', { method: 'POST', body: Buffer.alloc(100 * MIB, 'y') });
  const answer = await answered;
  expect(received).toBe(100 * MIB);
  const before = heldBytes();
  let sent = 0;
  let looks = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    sent += chunk.length;
    if (sent < looks * 25 * MIB) continue;
    // Freed buffers are given back a little later; meanwhile nothing more is read.
    await vi.waitFor(() => expect(heldBytes() - before).toBeLessThan(16 * MIB));
    looks++;
  }
  expect([sent, looks]).toEqual([100 * MIB, 5]);
});

test('a slow reader stops the program: nothing piles up on the way', async () => {
  let written = 0;
  const block = Buffer.alloc(MIB, 'x');
  await using look = await Look.at((_request, response) => {
    const more = () => {
      while (!response.destroyed && written < 200 * MIB) {
        written += block.length;
        if (!response.write(block)) return void response.once('drain', more);
      }
    };
    more();
  });
  const answer = await look.open('/');
  answer.pause();
  // What stands still for several looks has stopped: only the buffers of three sockets are full.
  let last = -1;
  let still = 0;
  await vi.waitFor(() => {
    still = written === last ? still + 1 : 0;
    last = written;
    expect(still).toBeGreaterThan(5);
  });
  expect(written).toBeLessThan(32 * MIB);
  answer.destroy();
});

test('a program that breaks off in the middle gives no whole page', async () => {
  await using look = await Look.at((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  await expect(look.get('/')).rejects.toThrow();
});

test('a program that answers before the body is read is heard', async () => {
  await using look = await Look.at((_request, response) => {
    response.writeHead(413);
    response.end('too much');
  });
  const [status, text] = await look
    .send('POST', '/', { body: Buffer.alloc(4 * MIB) })
    .then(({ status, text }) => [status, text]);
  expect([status, text]).toEqual([413, 'too much']);
});

test('a browser that goes away takes its request back', async () => {
  const gone = Promise.withResolvers<void>();
  const came = Promise.withResolvers<void>();
  await using look = await Look.at((_request, response) => {
    response.once('close', () => gone.resolve());
    came.resolve();
  });
  const socket = look.socket('/');
  await came.promise;
  socket.terminate();
  await gone.promise;
});

test('a connection on which nothing moves is closed, a request without an answer is told so', async () => {
  await using look = await Look.at(() => {}, { idleMs: 400 });
  const sockets = new WebSocketServer({ server: look.program });
  const socket = look.socket('/');
  await once(socket, 'open');
  await once(socket, 'close');
  const { status, text } = await look.get('/never', { ...READS });
  expect(status).toBe(504);
  expect(text).toContain('takes too long');
  sockets.close();
});

test('what is no HTTP is said to be none', async () => {
  const tcp = createTcpServer((socket) => socket.end('-ERR unknown command\r\n')).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  await using look = await Look.at(() => {});
  const { port } = tcp.address() as AddressInfo;
  const { status, text } = await look.get('/', { host: look.host({ port }), ...READS });
  expect(status).toBe(502);
  expect(text).toContain(`Port ${port} does not speak HTTP`);
  expect(text).not.toContain('fetch(');
  tcp.close();
});

test('a sandbox has so many connections and no more', async () => {
  await using look = await Look.at(() => {}, { linesPerSandbox: 2 });
  const sockets = new WebSocketServer({ server: look.program });
  const open = await Promise.all(
    [1, 2].map(async () => {
      const socket = look.socket('/');
      await once(socket, 'open');
      return socket;
    }),
  );
  const { status, headers } = await look.get('/');
  expect([status, headers['x-drydock-preview']]).toEqual([503, 'busy']);
  for (const socket of open) socket.terminate();
  sockets.close();
});
