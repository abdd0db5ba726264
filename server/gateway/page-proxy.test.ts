import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let app: Server;
let server: TestServer;
let seen: { url?: string; headers: IncomingHttpHeaders };
let answer: RequestListener;
let port: number | null;

beforeEach(async () => {
  answer = (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<p>page</p>');
  };
  app = createServer((request, response) => {
    seen = { url: request.url, headers: request.headers };
    answer(request, response);
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  port = (app.address() as AddressInfo).port;
  server = await openTestServer({ pages: { port: async () => port }, development: true });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  app.closeAllConnections();
  app.close();
});

describe('a page', () => {
  test('comes from the app, with our policy, and Next is told the nonce', async () => {
    const { status, text, headers } = await server.browser().get('/en/learn/a/b?step=c');
    expect([status, text, seen.url]).toEqual([200, '<p>page</p>', '/en/learn/a/b?step=c']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`'nonce-${seen.headers['x-nonce']}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('frame-src http://*.preview.test;');
    expect(seen.headers['content-security-policy']).toBe(policy);
    expect(seen.headers.host).toBe(server.base);
  });

  test('has another nonce each time, whatever the browser sends', async () => {
    const forged = { 'x-nonce': 'mine', 'content-security-policy': "script-src 'nonce-mine'" };
    const nonces = [];
    for (let count = 0; count < 2; count++) {
      await server.browser().get('/en', forged);
      nonces.push(seen.headers['x-nonce']);
      expect(seen.headers['content-security-policy']).not.toContain('mine');
    }
    expect(new Set([...nonces, 'mine']).size).toBe(3);
  });

  test('cannot be told a forged address', async () => {
    await server.browser().get('/en', { 'x-real-ip': '6.6.6.6', 'x-forwarded-for': '6.6.6.6' });
    expect(seen.headers['x-real-ip']).toBe('127.0.0.1');
  });

  test('arrives piece by piece when the app streams it', async () => {
    const rest = Promise.withResolvers<void>();
    answer = (_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.write('first');
      void rest.promise.then(() => response.end('last'));
    };
    const response = await fetch(`http://${server.base}/en`, { headers: { 'accept-encoding': 'gzip' } });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('first');
    rest.resolve();
    expect((await reader.read()).value).toBe('last');
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });

  test('is compressed for who takes it, pictures are not', async () => {
    const ask = async (type: string) => {
      answer = (_request, response) => {
        response.setHeader('content-type', type);
        response.end('x'.repeat(5000));
      };
      const response = await fetch(`http://${server.base}/en`, { headers: { 'accept-encoding': 'gzip' } });
      return response.headers.get('content-encoding');
    };
    expect([await ask('text/css'), await ask('image/png')]).toEqual(['gzip', null]);
  });

  test('that is kept for good is compressed the best way', async () => {
    const pieces = Array.from({ length: 500 }, (_, index) => `const word${index % 97} = ${index * 31};\n`);
    const sizeOf = async (cacheControl: string) => {
      answer = (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/css', 'cache-control': cacheControl });
        for (const piece of pieces) response.write(piece);
        response.end();
      };
      return (await server.browser().get('/en', { 'accept-encoding': 'gzip' })).size;
    };
    expect(await sizeOf('public, max-age=31536000, immutable')).toBeLessThan(await sizeOf('no-store'));
  });

  test('is replaced by one that tries again while the app is away, in the language of who asks', async () => {
    port = null;
    const { status, text, headers } = await server.browser().get('/en', { 'accept-language': 'zh-CN' });
    expect([status, headers['retry-after']]).toEqual([503, '2']);
    expect(text).toContain('lang="zh"');
    expect(text).toContain('http-equiv="refresh"');
  });

  test('is replaced too when the app has died under its port', async () => {
    port = 1;
    expect((await server.browser().get('/en')).status).toBe(503);
  });

  test('that breaks off in the middle does not hang the browser', async () => {
    answer = (_request, response) => {
      response.write('half', () => response.socket?.destroy());
    };
    await expect(server.browser().get('/en')).rejects.toThrow();
    answer = (_request, response) => void response.end('whole');
    expect((await server.browser().get('/en')).text).toBe('whole');
  });
});

test('a socket for reloading passes through in development', async () => {
  const sockets = new WebSocketServer({ server: app });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)));
  const socket = await server.browser().socket('/_next/hmr').isOpen();
  socket.socket.send('hi');
  await socket.isSeeing('echo hi');
  socket.socket.close();
  await socket.isClosed();
  sockets.close();
});

describe('a browser without a language in the address', () => {
  const goTo = async (path: string, headers: Record<string, string> = {}) => {
    const { status, headers: sent } = await server.browser().get(path, headers);
    return status === 307 ? sent.location : status;
  };

  test('is sent to the one that it chose, else the one that it asks for, else English', async () => {
    expect(await goTo('/')).toBe('/en');
    expect(await goTo('/', { 'accept-language': 'fr, zh-TW;q=0.8, en;q=0.5' })).toBe('/zh');
    expect(await goTo('/', { 'accept-language': 'zh;q=0, en' })).toBe('/en');
    expect(await goTo('/', { cookie: 'a=b; drydock-locale=zh', 'accept-language': 'en' })).toBe('/zh');
    expect(await goTo('/', { cookie: 'drydock-locale=xx' })).toBe('/en');
  });

  test('keeps path and query', async () => {
    expect(await goTo('/learn/a/b?step=c')).toBe('/en/learn/a/b?step=c');
  });

  test('is never sent to another host', async () => {
    expect(await goTo('//evil.test')).toBe(200);
    expect(await goTo('///evil')).toBe('/en/evil');
    expect(await goTo('/\\evil')).toBe('/en/\\evil');
  });

  test('gets files and what Next needs as they are', async () => {
    expect(await goTo('/favicon.svg')).toBe(200);
    expect(await goTo('/_next/static/x')).toBe(200);
    expect(await goTo('/zh')).toBe(200);
  });
});
