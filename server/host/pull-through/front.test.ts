import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFront } from './front.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const servers: Server[] = [];
let front: Awaited<ReturnType<typeof openFront>>;
let isReady: boolean;
let isReachable: boolean;
let lost: number;
/** What happens once the hub has been silent for a while. */
let doubted: () => void;
let hub: RequestListener;
const asked: string[] = [];

async function listens(name: string, listener: RequestListener) {
  const server = createServer((incoming, response) => {
    asked.push(`${name} ${incoming.method} ${incoming.url}`);
    listener(incoming, response);
  });
  servers.push(server);
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

/** Holds one image, as a registry does. */
const holding =
  (path: string, body: string): RequestListener =>
  (incoming, response) => {
    if (incoming.url !== path && incoming.url !== '/v2/')
      return void response.writeHead(404).end('{"errors":[]}');
    response.setHeader('docker-content-digest', DIGEST).setHeader('x-inner', 'not for machines');
    response.setHeader('content-length', body.length).end(incoming.method === 'HEAD' ? undefined : body);
  };

beforeEach(async () => {
  asked.length = 0;
  [isReady, isReachable, lost, doubted] = [true, true, 0, () => undefined];
  hub = holding('/v2/library/ubuntu/manifests/latest', 'from afar');
  front = await openFront({
    listen: { host: '127.0.0.1', port: 0 },
    catalog: await listens('catalog', holding('/v2/library/nginx/manifests/latest', 'from here')),
    hub: await listens('hub', (incoming, response) => hub(incoming, response)),
    isHubReady: async () => isReady,
    isUpstreamReachable: async () => {
      doubted();
      return isReachable;
    },
    hubLost: () => void lost++,
  });
});
afterEach(async () => {
  await front[Symbol.asyncDispose]();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((settle) => server.close(settle));
  }
});

async function gets(path: string, method = 'GET') {
  const response = await new Promise<IncomingMessage>((settle, fail) => {
    request({ host: '127.0.0.1', port: front.port, path, method }, settle).once('error', fail).end();
  });
  let body = '';
  for await (const piece of response.setEncoding('utf8')) body += piece;
  return { status: response.statusCode, body, headers: response.headers };
}

test('what the catalog holds comes from there, and nobody else is asked', async () => {
  const answer = await gets('/v2/library/nginx/manifests/latest?ns=docker.io');
  expect(answer).toMatchObject({
    status: 200,
    body: 'from here',
    headers: { 'docker-content-digest': DIGEST },
  });
  expect(answer.headers['x-inner']).toBeUndefined();
  expect(asked).toEqual(['catalog GET /v2/library/nginx/manifests/latest']);
});

test('what the catalog does not hold comes from the hub', async () => {
  expect(await gets('/v2/library/ubuntu/manifests/latest')).toMatchObject({ status: 200, body: 'from afar' });
  expect(await gets('/v2/library/ubuntu/manifests/latest', 'HEAD')).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': '9' },
  });
  expect(asked).toContain('hub HEAD /v2/library/ubuntu/manifests/latest');
});

test('what nobody holds is not there', async () => {
  const answer = await gets(`/v2/no/such/blobs/${DIGEST}`);
  expect([answer.status, JSON.parse(answer.body).errors[0].code]).toEqual([404, 'MANIFEST_UNKNOWN']);
  expect(asked).toHaveLength(2);
});

test('the hub is not asked while it is not ready', async () => {
  isReady = false;
  expect((await gets('/v2/library/ubuntu/manifests/latest')).status).toBe(404);
  expect(asked).toEqual(['catalog GET /v2/library/ubuntu/manifests/latest']);
});

test('a hub that says it is broken counts as one that has nothing', async () => {
  hub = (_, response) => void response.writeHead(500).end();
  expect((await gets('/v2/library/ubuntu/manifests/latest')).status).toBe(404);
});

test('a hub that is silent is waited for while upstream is there, and given up at once when it is not', async () => {
  hub = (incoming, response) => {
    doubted = () => holding('/v2/library/ubuntu/manifests/latest', 'late')(incoming, response);
  };
  expect(await gets('/v2/library/ubuntu/manifests/latest')).toMatchObject({ status: 200, body: 'late' });
  [hub, doubted] = [() => undefined, () => undefined];
  isReachable = false;
  const since = performance.now();
  expect((await gets('/v2/library/ubuntu/manifests/latest')).status).toBe(404);
  expect(performance.now() - since).toBeLessThan(1500);
});

test('a hub that has died is told of', async () => {
  hub = (incoming) => void incoming.socket.destroy();
  expect((await gets('/v2/library/ubuntu/manifests/latest')).status).toBe(404);
  expect(lost).toBe(1);
});

test('who speaks TLS is told in HTTP that this is none', async () => {
  const socket = connect(front.port, '127.0.0.1').setEncoding('utf8');
  socket.write(Buffer.from([0x16, 0x03, 0x01, 0x00, 0x02, 0x01, 0x00]));
  let said = '';
  for await (const piece of socket) said += piece;
  expect(said).toMatch(/^HTTP\/1\.1 400 /);
});

test.each([
  ['POST', '/v2/library/nginx/blobs/uploads/', 405],
  ['DELETE', `/v2/library/nginx/manifests/${DIGEST}`, 405],
  ['GET', '/v2/_catalog', 404],
  ['GET', '/v2/../etc/passwd', 404],
  ['GET', '/v2/library/%2e%2e/manifests/latest', 404],
  ['GET', `/v2/library/nginx/manifests/${'a'.repeat(300)}`, 404],
  ['GET', '/debug/vars', 404],
])('%s %s reaches no registry', async (method, path, status) => {
  expect((await gets(path, method)).status).toBe(status);
  expect(asked).toEqual([]);
});
