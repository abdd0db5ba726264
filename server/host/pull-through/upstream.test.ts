import { createServer } from 'node:http';
import { connect, createServer as createSilentServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { FakeClock } from '../../lib/clock.ts';
import { Upstream } from './upstream.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function listens(server: Server): Promise<string> {
  open.push(server);
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A registry that counts who asks, and refuses all. */
async function registry() {
  const seen: string[] = [];
  const url = await listens(
    createServer((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(401).end();
    }),
  );
  return { url, seen };
}

test('is reachable when it says anything, a refusal too', async () => {
  const { url, seen } = await registry();
  expect(await new Upstream({ url, clock: new FakeClock() }).isReachable()).toBe(true);
  expect(seen).toEqual(['/v2/']);
});

test('is out of reach where nobody listens, and where somebody listens and is silent', async () => {
  const url = await listens(createSilentServer((socket) => socket.resume()));
  const since = performance.now();
  expect(await new Upstream({ url, clock: new FakeClock() }).isReachable()).toBe(false);
  expect(performance.now() - since).toBeLessThan(1500);
  const gone = open.pop()!;
  const { port } = gone.address() as AddressInfo;
  await new Promise((settle) => gone.close(settle));
  await expect(new Promise((_, fail) => connect(port, '127.0.0.1').once('error', fail))).rejects.toThrow(
    'ECONNREFUSED',
  );
  expect(await new Upstream({ url, clock: new FakeClock() }).isReachable()).toBe(false);
});

test('is asked once for all who want to know at the same time, and again a second later', async () => {
  const clock = new FakeClock();
  const { url, seen } = await registry();
  const upstream = new Upstream({ url, clock });
  await Promise.all([upstream.isReachable(), upstream.isReachable()]);
  await upstream.isReachable();
  expect(seen).toHaveLength(1);
  await clock.advance(1000);
  await upstream.isReachable();
  expect(seen).toHaveLength(2);
});

test('once out of reach nobody waits for it for ten seconds, and each change is told once', async () => {
  const clock = new FakeClock();
  const told: boolean[] = [];
  const { url, seen } = await registry();
  const upstream = new Upstream({ url, clock, changed: (isReachable) => told.push(isReachable) });
  await upstream.isReachable();
  const [server] = open;
  const { port } = server!.address() as AddressInfo;
  await new Promise((settle) => server!.close(settle));
  await clock.advance(1000);
  expect(await upstream.isReachable()).toBe(false);
  server!.listen(port, '127.0.0.1');
  await clock.advance(9999);
  expect(await upstream.isReachable()).toBe(false);
  await clock.advance(1);
  expect(await upstream.isReachable()).toBe(true);
  expect(seen).toHaveLength(2);
  expect(told).toEqual([true, false, true]);
});
