/** Looks at true files, pages and scripts; whatever answers in their place is borne. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '#server/sandbox/contract.ts';
import { silentLog } from '../../lib/log.ts';
import { localReach, serve } from '../testing/local-reach.ts';
import { lookAtDiff } from './diff.ts';
import { lookAtFile } from './file.ts';
import { lookAtPage } from './http.ts';
import { openProbes } from './open.ts';
import { runScript } from './shell.ts';

let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'drydock-probes-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const here = localReach();
const machine = 'node1';
const file = (path: string) =>
  lookAtFile(here, { kind: 'file', machine, container: null, path: join(place, path) });
const page = (port: number, path = '/') =>
  lookAtPage(here, { kind: 'http', machine, port, path, headers: {} });
const script = (script: string) => runScript(here, { kind: 'shell', machine, script });

test('a file tells what it is and what stands in it', async () => {
  writeFileSync(join(place, 'note'), 'hello\nworld\n');
  symlinkSync('note', join(place, 'link'));
  symlinkSync('nowhere', join(place, 'dangling'));
  mkdirSync(join(place, 'directory'));
  execFileSync('mkfifo', [join(place, 'pipe')]);
  expect(await file('note')).toEqual({ type: 'file', text: 'hello\nworld\n' });
  expect(await file('link')).toEqual({ type: 'file', text: 'hello\nworld\n' });
  expect(await file('dangling')).toEqual({ type: 'missing' });
  expect(await file('directory')).toEqual({ type: 'directory' });
  expect(await file('pipe')).toEqual({ type: 'other' });
  expect(await file('none')).toEqual({ type: 'missing' });
});

test('names that would be options or commands are only names', async () => {
  for (const name of ['-n', '$(touch x)', "a'b", 'a b', '; exit 3', 'line\nbreak']) {
    writeFileSync(join(place, name), name);
    expect(await file(name)).toEqual({ type: 'file', text: name });
  }
});

test('a file is read to its bound, and what is no UTF-8 is replaced', async () => {
  writeFileSync(join(place, 'large'), 'x'.repeat(300 * 1024));
  writeFileSync(join(place, 'bytes'), Buffer.from([0xff, 0x00, 0x41]));
  const large = await file('large');
  expect(large?.type === 'file' && large.text.length).toBe(256 * 1024);
  expect(await file('bytes')).toEqual({ type: 'file', text: '\uFFFD\0A' });
});

test('a page tells status, headers and its start', async () => {
  await using server = await serve((request, response) => {
    response.writeHead(request.url === '/' ? 200 : 404, {
      'X-Served-By': 'test',
      'Set-Cookie': ['a=1', 'b=2'],
    });
    response.end(`you asked ${request.headers.host} for ${request.url}`);
  });
  expect(await page(server.port)).toMatchObject({
    type: 'answer',
    status: 200,
    headers: { 'x-served-by': 'test', 'set-cookie': 'a=1, b=2' },
    text: `you asked localhost:${server.port} for /`,
  });
  expect(await page(server.port, '/no')).toMatchObject({ type: 'answer', status: 404 });
});

test('an endless page is read to its bound', async () => {
  await using server = await serve((_request, response) => {
    const more = () => {
      while (response.write('x'.repeat(64 * 1024)));
    };
    response.on('drain', more);
    more();
  });
  const found = await page(server.port);
  expect(found.type === 'answer' && found.text.length).toBe(256 * 1024);
});

test.concurrent.each<[string, (socket: Socket) => void]>([
  ['hangs up', (socket) => void socket.end()],
  ['speaks no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH\r\n')],
  ['says nothing', () => {}],
  ['begins and never ends', (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx')],
  ['sends endless headers', (socket) => void socket.write(`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(200_000)}`)],
])('what listens and %s is silent', async (_what, answer) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await page(port)).toEqual({ type: 'silent' });
  await new Promise((resolve) => server.close(resolve));
  expect(await page(port)).toEqual({ type: 'refused' });
});

test('a script tells what it prints and how it ends', async () => {
  expect(await script('echo $HOME; cat; exit 3')).toEqual({ exitCode: 3, stdout: '/root\n' });
  expect(await script('for i in 1 2; do\n  echo "it\'s $i"\ndone')).toEqual({
    exitCode: 0,
    stdout: "it's 1\nit's 2\n",
  });
  expect((await script('yes'.concat(' | head -c 200000')))?.stdout).toHaveLength(64 * 1024);
});

test('a script leaves nothing behind, however it ends', async () => {
  const made = async (rest: string) => (await script(`echo "$DOCKER_CONFIG"; ${rest}`))?.stdout.trim() ?? '';
  for (const rest of ['true', 'exit 3', 'kill -TERM $$', 'set -e; false']) {
    const directory = await made(rest);
    expect(directory).toMatch(/^\/dev\/shm\//);
    expect(existsSync(directory)).toBe(false);
  }
});

test('a script stands in no process list', async () => {
  expect((await script('x=secret-word; ps -eo args | grep -c "[s]ecret-word"'))?.stdout).toBe('0\n');
});

test('a script that was ended because its time was over says nothing', async () => {
  expect(await script('kill -KILL $$')).toBeNull();
  expect(await script('exec timeout 0.01 sleep 100')).toBeNull();
});

test.each<[string, string]>([
  ['no JSON', 'what?'],
  ['another shape', '[{"Path":7}]'],
  ['no end', `[${'{"Path":"/x","Kind":1},'.repeat(200_000)}]`],
])('changes with %s say nothing', async (_what, body) => {
  await using server = await serve((_request, response) => void response.end(body));
  const probe = { kind: 'diff' as const, machine, container: 'a'.repeat(64) };
  expect(await lookAtDiff(localReach(server.port), probe)).toBeNull();
});

test('changes are told by kind', async () => {
  const changes = [
    { Path: '/etc', Kind: 0 },
    { Path: '/etc/new', Kind: 1 },
    { Path: '/bin/sh', Kind: 2 },
  ];
  await using server = await serve((_request, response) => void response.end(JSON.stringify(changes)));
  const probe = { kind: 'diff' as const, machine, container: 'a'.repeat(64) };
  expect(await lookAtDiff(localReach(server.port), probe)).toEqual({
    added: ['/etc/new'],
    changed: ['/etc'],
    deleted: ['/bin/sh'],
  });
});

const stat = (mode: number, linkTarget = '') => ({
  'X-Docker-Container-Path-Stat': Buffer.from(JSON.stringify({ name: 'x', mode, linkTarget })).toString(
    'base64',
  ),
});
const inContainer = (port: number, path: string) =>
  lookAtFile(localReach(port), { kind: 'file', machine, container: 'web/../x', path });

test('a file in a container is read out of its archive, by its links', async () => {
  writeFileSync(join(place, 'motd'), 'hello');
  const archive = execFileSync('tar', ['-C', place, '-c', 'motd']);
  const asked: string[] = [];
  await using server = await serve((request, response) => {
    asked.push(request.url ?? '');
    const path = new URL(request.url ?? '', 'http://docker').searchParams.get('path');
    if (path === '/link') response.writeHead(200, stat(2 ** 27 + 0o777, '/motd')).end();
    else if (path === '/motd') response.writeHead(200, stat(0o644)).end(archive);
    else if (path === '/etc') response.writeHead(200, stat(2 ** 31 + 0o755)).end();
    else if (path === '/loop') response.writeHead(200, stat(2 ** 27, '/loop')).end();
    else if (path === '/dev/null') response.writeHead(200, stat(2 ** 26 + 2 ** 21)).end();
    else response.writeHead(404).end('{}');
  });
  expect(await inContainer(server.port, '/link')).toEqual({ type: 'file', text: 'hello' });
  expect(asked[0]).toBe('/containers/web%2F..%2Fx/archive?path=%2Flink');
  expect(await inContainer(server.port, '/etc')).toEqual({ type: 'directory' });
  expect(await inContainer(server.port, '/dev/null')).toEqual({ type: 'other' });
  expect(await inContainer(server.port, '/none')).toEqual({ type: 'missing' });
  expect(await inContainer(server.port, '/loop')).toBeNull();
});

test.each<[string, Record<string, string>, string]>([
  ['no stat', {}, ''],
  ['a stat of nonsense', { 'X-Docker-Container-Path-Stat': 'e30=!' }, ''],
  ['no archive', stat(0o644), 'short'],
  ['an archive of nonsense', stat(0o644), 'x'.repeat(2048)],
])('an archive with %s says nothing', async (_what, headers, body) => {
  await using server = await serve((_request, response) => void response.writeHead(200, headers).end(body));
  expect(await inContainer(server.port, '/etc/motd')).toBeNull();
});

test('a machine that is not up, or cannot be reached, says nothing', async () => {
  const { engine, ref } = here;
  const unreachable = () => Promise.reject(new Error('lost'));
  const machines = new Map([[machine, ref]]);
  const probesWith = (parts: Partial<typeof engine>, sandbox: Partial<Sandbox> | null) =>
    openProbes({
      engine: { ...engine, ...parts },
      sandboxes: { get: () => sandbox as Sandbox | null },
      log: silentLog,
    });
  const ask = { kind: 'shell', machine, script: 'echo up' } as const;
  expect(await probesWith({}, { machines }).look('abcdefgh', ask)).toMatchObject({ stdout: 'up\n' });
  expect(await probesWith({}, { machines: new Map() }).look('abcdefgh', ask)).toBeNull();
  expect(await probesWith({}, null).look('abcdefgh', ask)).toBeNull();
  expect(await probesWith({ run: unreachable }, { machines }).look('abcdefgh', ask)).toBeNull();
});
