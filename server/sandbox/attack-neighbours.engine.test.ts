/** Attacks on the way between the engines of one sandbox: from its containers, from another sandbox, through a preview's door. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIB, openLab, type Lab, type Machine } from '#server/engine/testing/lab.ts';
import { silentLog } from '../lib/log.ts';
import { introduce, NEIGHBOURS_PORT } from './neighbours.ts';

const ROOM = { images: ['busybox'], limits: { diskBytes: 600 * MIB } };
const REQUEST = 'GET /version HTTP/1.0\r\n\r\n';

let lab: Lab;
let node1: Machine;
let node2: Machine;
let stranger: Machine;
beforeAll(async () => {
  lab = await openLab();
  [node1, stranger] = await Promise.all([lab.machine(ROOM), lab.machine(ROOM)]);
  node2 = await lab.machineIn(node1.ref.sandbox, 'node2', ROOM);
  await introduce(lab.engine, [node1.ref, node2.ref], silentLog);
}, 900_000);
afterAll(() => lab?.[Symbol.asyncDispose]());

/** Whatever is said first, then a request that an engine would answer. */
const knocks = (host: string, word = '') =>
  `printf '${word}GET /version HTTP/1.0\\r\\n\\r\\n' | timeout 4 nc ${host} ${NEIGHBOURS_PORT}; true`;

test('the machines themselves pass', async () => {
  expect(await node1.runs('docker --context node2 version --format {{.Server.Os}}')).toBe('linux');
});

test('a container gets nothing at the door, by no name and with no word of its own', async () => {
  for (const host of ['node2', 'node1', '172.17.0.1'])
    for (const word of ['', '0'.repeat(64), randomBytes(32).toString('hex')]) {
      const line = `docker run --rm busybox sh -c ${JSON.stringify(knocks(host, word))}`;
      expect([host, (await node1.tries(line)).output]).toEqual([host, '']);
    }
});

test('who only holds connections open is let go, and the machines still pass', async () => {
  const flood = `for i in $(seq 80); do (sleep 20 | nc node2 ${NEIGHBOURS_PORT}) & done; sleep 3; wait -n; true`;
  await node1.tries(`docker run --rm --name flood -d busybox sh -c ${JSON.stringify(flood)}`);
  await expect
    .poll(() => node1.tries('docker --context node2 info --format {{.Name}}'), { timeout: 20_000 })
    .toMatchObject({ output: 'node2\n' });
  await node1.tries('docker rm -f flood');
});

test('another sandbox reaches no door, nor does its own lead anywhere', async () => {
  const address = await node2.address();
  const far = `timeout 3 bash -c 'exec 3<>/dev/tcp/${address}/${NEIGHBOURS_PORT}' && echo open`;
  expect((await stranger.tries(far)).output).not.toContain('open');
  expect((await stranger.tries(`nc -z node1 ${NEIGHBOURS_PORT}`)).code).not.toBe(0);
});

test('what reaches the door by a preview gets nothing', async () => {
  const line = await lab.engine.dial(node2.ref, { port: NEIGHBOURS_PORT });
  line.end(REQUEST);
  expect(await text(line).catch(() => '')).toBe('');
});

test('a user who may not ask the own engine may not ask the neighbour’s', async () => {
  const sockets = '/run/docker.sock /run/drydock/engines/node2.sock';
  const seen = await node1.runs(`stat --format '%U %G %a' ${sockets}`);
  const [own, neighbours] = seen.split('\n');
  expect(neighbours).toBe(own);
  const asNobody = `su -s /bin/sh nobody -c 'curl -s --unix-socket /run/drydock/engines/node2.sock http://d/_ping'`;
  expect((await node1.tries(asNobody)).output).not.toContain('OK');
});
