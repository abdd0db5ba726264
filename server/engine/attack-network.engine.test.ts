import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openLab, type Lab, type Machine } from './testing/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 600_000);
afterEach(() => lab.clear());
afterAll(() => lab[Symbol.asyncDispose]());

/** Answers yes when a TCP connection opens; whatever else happens is a no. */
const reaches = async (machine: Machine, host: string, port: number) =>
  (await machine.tries(`timeout 3 bash -c 'exec 3<>/dev/tcp/${host}/${port}' && echo open`)).output.includes(
    'open',
  );

test('another sandbox cannot be reached, although the host can', async () => {
  const [machine, other] = await Promise.all([lab.machine(), lab.machine()]);
  await other.runs('nohup nc -lk -p 7000 >/dev/null 2>&1 & sleep 0.2; ss -ltn | grep -q :7000');
  const address = await other.address();
  const direct = await lab.engine.dial(other.ref, { port: 7000 });
  direct.destroy();
  expect(await reaches(other, address, 7000)).toBe(true);
  expect(await reaches(machine, address, 7000)).toBe(false);
  expect((await machine.tries(`ping -c1 -W1 ${address}`)).code).not.toBe(0);
  expect(
    (
      await machine.tries(
        `getent hosts node1.${other.ref.sandbox}.drydock && ping -c1 -W1 node1.${other.ref.sandbox}.drydock`,
      )
    ).code,
  ).not.toBe(0);
  // Routes of its own making lead nowhere either.
  const own = await machine.address();
  const forged = `ip route add ${address}/32 via ${gatewayOf(own)}; timeout 3 bash -c 'exec 3<>/dev/tcp/${address}/7000' && echo open`;
  expect((await machine.tries(forged)).output).not.toContain('open');
});

test("the host's listeners cannot be reached, on none of its addresses", async () => {
  const machine = await lab.machine();
  await using listener = await listen();
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const hosts = own
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  expect(hosts).toContain(gatewayOf(await machine.address()));
  for (const host of new Set([...hosts, lab.settings.serviceAddress]))
    expect([host, await reaches(machine, host, listener.port)]).toEqual([host, false]);
  expect(listener.connections()).toBe(0);
  const linkLocal = await machine.tries(`ping -6 -c1 -W1 ff02::1%eth0`);
  expect(linkLocal.code).not.toBe(0);
});

test('of the service address only mirror, names and the trace receiver are open', async () => {
  const machine = await lab.machine();
  const { serviceAddress } = lab.settings;
  expect(await reaches(machine, serviceAddress, 5000)).toBe(true);
  expect(await machine.runs(`curl -s -o /dev/null -w '%{http_code}' http://mirror.drydock:5000/v2/`)).toBe(
    '200',
  );
  for (const port of [22, 80, 443, 2375, 3000, 5001])
    expect([port, await reaches(machine, serviceAddress, port)]).toEqual([port, false]);
  const push = `curl -s -o /dev/null -w '%{http_code}' -X POST http://mirror.drydock:5000/v2/library/nginx/blobs/uploads/`;
  expect(Number(await machine.runs(push))).toBeGreaterThanOrEqual(400);
});

test('the outer engine is out of reach: no socket of it, no path of the host', async () => {
  const machine = await lab.machine();
  const inner = await machine.runs('docker info --format {{.ID}}');
  const outer = (await lab.docker.info()) as { ID: string };
  expect(inner).not.toBe(outer.ID);
  expect(
    (await machine.tries(`ls ${lab.settings.socketPath} /run/.outer${lab.settings.socketPath}`)).code,
  ).not.toBe(0);
  const sockets = await machine.runs("find / -name 'docker*.sock' -not -path '/proc/*' 2>/dev/null; :");
  expect(sockets).toBe('/run/docker.sock');
});

/** The first address of the /28 that `address` lies in. */
function gatewayOf(address: string): string {
  const parts = address.split('.').map(Number);
  return [...parts.slice(0, 3), (parts[3]! & 0xf0) + 1].join('.');
}

/** A server on every address of this host, as a careless program would open it. */
async function listen() {
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen({ host: '::', port: 0, ipv6Only: false }, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('invariant: the server has no port');
  return {
    port: address.port,
    connections: () => connections,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
