import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FilesError, type FilesErrorCode } from '#server/files/contract.ts';
import { ERROR_STATUS, type FileReason } from '#server/protocol/errors.ts';
import { FILE_LIMITS } from '#server/protocol/files.ts';
import { RATES } from './rate-limit.ts';
import type { Answer, Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { VERSION } from './testing/fake-files.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let learner: Browser;
let id: string;
beforeEach(async () => {
  server = await openTestServer();
  learner = await server.guest();
  ({ id } = (await learner.post('/api/sandboxes', { lesson: HELLO })).json as { id: string });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const at = (path: string, machine = 'node1') =>
  `/api/sandboxes/${id}/machines/${machine}/files?path=${encodeURIComponent(path)}`;
const said = ({ status, json }: Answer) => [status, (json as { error: { code: string } }).error.code];
const put = (path: string, body: string | Buffer, headers: Record<string, string>, browser = learner) =>
  browser.send('PUT', path, { body, headers: { 'content-type': 'application/octet-stream', ...headers } });

describe('what is asked reaches the files', () => {
  test('a look, with the version as its ETag', async () => {
    const answer = await learner.get(at('/root/größe 1'));
    expect(answer).toMatchObject({ status: 200, json: { type: 'text', text: 'abc', version: VERSION } });
    expect(answer.headers.etag).toBe(`"${VERSION}"`);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(server.files.asked).toEqual([
      { what: 'look', place: { sandbox: id, machine: 'node1', path: '/root/größe 1' } },
    ]);
  });

  test('a download, never shown as a page of ours, whatever its name', async () => {
    const answer = await learner.get(`${at('/root/a "b"\r\nx: y\'ß.html')}&download`);
    expect(answer).toMatchObject({ status: 200, text: 'abc' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '3',
      'content-disposition': `attachment; filename*=UTF-8''a%20%22b%22%0D%0Ax%3A%20y%27%C3%9F.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });

  test('a download of unknown length, and one that breaks off in the middle', async () => {
    server.files.contentBytes = null;
    expect((await learner.get(`${at('/proc/version')}&download`)).headers['content-length']).toBeUndefined();
    server.files.contentBytes = 100;
    server.files.content = () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('abc');
          throw new FilesError('machine_unreachable', 'The machine stopped.');
        })(),
      );
    await expect(learner.get(`${at('/root/f')}&download`)).rejects.toThrow(/aborted|hang up/);
  });

  test('a save over a version, over anything, over nothing', async () => {
    const answer = await put(at('/root/f'), 'new', { 'if-match': `"${VERSION}"` });
    expect(answer).toMatchObject({ status: 200, json: { version: VERSION } });
    expect(answer.headers.etag).toBe(`"${VERSION}"`);
    await put(at('/root/f'), '', { 'if-match': '*' });
    await put(at('/root/f'), Buffer.alloc(FILE_LIMITS.textBytes + 1), { 'if-none-match': '*' });
    await put(at('/root/f'), 'chunked', { 'if-match': '*', 'transfer-encoding': 'chunked' });
    expect(server.files.asked.map(({ what, over, bytes }) => [what, over, bytes])).toEqual([
      ['save', { version: VERSION }, 3],
      ['save', 'anything', 0],
      ['upload', 'nothing', FILE_LIMITS.textBytes + 1],
      ['upload', 'anything', 7],
    ]);
  });

  test('creating, moving, deleting', async () => {
    expect((await learner.post(at('/root/f'), { action: 'create-file' })).status).toBe(201);
    expect((await learner.post(at('/root/d'), { action: 'create-directory' })).status).toBe(201);
    expect((await learner.post(at('/root/f'), { action: 'move', to: '/root/g' })).status).toBe(200);
    expect((await learner.delete(at('/root/g'))).status).toBe(204);
    expect(server.files.asked.map(({ what, over, bytes, to }) => [what, over, bytes, to])).toEqual([
      ['save', 'nothing', 0, undefined],
      ['create-directory', undefined, undefined, undefined],
      ['move', undefined, undefined, '/root/g'],
      ['remove', undefined, undefined, undefined],
    ]);
  });

  test('what a browser has open is watched, changes are told to all who look, and no longer once it is gone', async () => {
    const one = learner.socket(`/api/sandboxes/${id}/feed`);
    const other = learner.socket(`/api/sandboxes/${id}/feed`);
    await one.hears(3);
    await other.hears(1);
    one.socket.send(JSON.stringify({ type: 'watch-files', machine: 'node1', paths: ['/root'] }));
    await vi.waitFor(() =>
      expect([...server.files.watching.values()]).toEqual([
        { sandbox: id, machine: 'node1', paths: ['/root'] },
      ]),
    );
    server.files.events.emit({ sandbox: 'zzzzzzzz', machine: 'node1', paths: ['/etc'] });
    server.files.events.emit({ sandbox: id, machine: 'node1', paths: ['/root'] });
    const message = { type: 'files', machine: 'node1', paths: ['/root'] };
    for (const socket of [one, other]) await vi.waitFor(() => expect(socket.feed.at(-1)).toEqual(message));
    one.socket.close();
    await vi.waitFor(() => expect(server.files.watching.size).toBe(0));
  });
});

describe('a request is refused', () => {
  test.each([
    ['none', ''],
    ['relative', 'root'],
    ['with ..', '/root/../etc'],
    ['with .', '/root/./f'],
    ['with empty parts', '/root//f'],
    ['with a slash at its end', '/root/'],
    ['with a zero byte', '/root/\0'],
    ['too long', `/${'ä'.repeat(2048)}`],
  ])('with a path that is %s', async (_what, path) => {
    expect(said(await learner.get(at(path)))).toEqual([400, 'bad_request']);
    expect(said(await put(at(path), 'x', { 'if-match': '*' }))).toEqual([400, 'bad_request']);
    expect(said(await learner.delete(at(path)))).toEqual([400, 'bad_request']);
    expect(said(await learner.post(at('/root/f'), { action: 'move', to: path }))).toEqual([
      400,
      'bad_request',
    ]);
    expect(server.files.asked).toEqual([]);
  });

  test('with bytes in its path that are no text', async () => {
    // They arrive as U+FFFD, which is another name: nothing is found under it, nothing wrong is touched.
    await learner.get(`/api/sandboxes/${id}/machines/node1/files?path=/root/%ff`);
    expect(server.files.asked[0]!.place.path).toBe('/root/\ufffd');
  });

  test.each(['node', 'node0', 'node10', '..', 'etc'])('for a machine named %s', async (machine) => {
    expect(said(await learner.get(at('/root', machine)))).toEqual([404, 'not_found']);
  });

  test.each([
    {},
    { 'if-match': VERSION },
    { 'if-match': '"short"' },
    { 'if-match': '*', 'if-none-match': '*' },
    { 'if-none-match': `"${VERSION}"` },
  ] as Record<string, string>[])('when it does not say what it may replace: %j', async (headers) => {
    expect(said(await put(at('/root/f'), 'x', headers))).toEqual([400, 'bad_request']);
    expect(server.files.asked).toEqual([]);
  });

  test.each(['text/plain', 'multipart/form-data', 'application/json', ''])(
    'when it sends a file as %s',
    async (type) => {
      const answer = await put(at('/root/f'), 'x', { 'if-match': '*', 'content-type': type });
      expect(said(answer)).toEqual([400, 'bad_request']);
    },
  );

  test('with a file that is too large, before it has come', async () => {
    const headers = { 'if-match': '*', 'content-length': String(FILE_LIMITS.uploadBytes + 1) };
    expect(said(await put(at('/root/f'), 'x', headers))).toEqual([413, 'payload_too_large']);
    expect(server.files.asked).toEqual([]);
  });

  test('with an action that there is not', async () => {
    for (const body of [{}, { action: 'chmod' }, { action: 'move' }, { action: 'create-file', more: 1 }])
      expect(said(await learner.post(at('/root/f'), body))).toEqual([400, 'bad_request']);
  });

  test('from an admin who may look, but not change; and from anybody else', async () => {
    const admin = await server.account('ann', 'admin');
    expect(said(await admin.get(at('/root')))).toEqual([403, 'not_allowed']);
    // Once the learner sees them.
    await admin.socket(`/api/sandboxes/${at('/root').split('/')[3]}/feed`).hears(1);
    expect((await admin.get(at('/root'))).status).toBe(200);
    expect(said(await put(at('/root/f'), 'x', { 'if-match': '*' }, admin))).toEqual([403, 'not_allowed']);
    expect(said(await admin.post(at('/root/f'), { action: 'create-file' }))).toEqual([403, 'not_allowed']);
    expect(said(await admin.delete(at('/root/f')))).toEqual([403, 'not_allowed']);
    const stranger = await server.guest();
    expect(said(await stranger.get(`${at('/root')}&download`))).toEqual([403, 'not_allowed']);
    expect(said(await put(at('/root/f'), 'x', { 'if-match': '*' }, stranger))).toEqual([403, 'not_allowed']);
  });

  test('when there are too many of them', async () => {
    for (let count = 0; count < RATES.files.burst; count++) await learner.delete(at('/root/f'));
    expect(said(await learner.delete(at('/root/f')))).toEqual([429, 'too_many_requests']);
    // Looking is counted apart.
    expect((await learner.get(at('/root'))).status).toBe(200);
  });

  test.each<[FilesErrorCode, FileReason | undefined]>([
    ['file_conflict', 'changed'],
    ['file_not_found', 'missing'],
    ['file_refused', 'read_only'],
    ['machine_disk_full', 'disk_full'],
    ['machine_unreachable', undefined],
    ['sandbox_not_ready', undefined],
    ['too_many_requests', undefined],
    ['payload_too_large', undefined],
  ])('by the machine: %s, with its reason', async (code, reason) => {
    const version = code === 'file_conflict' ? VERSION : null;
    server.files.fails = new FilesError(code, 'Because.', { reason, version });
    const answer = await put(at('/root/f'), 'x', { 'if-match': '*' });
    expect(answer.status).toBe(ERROR_STATUS[code]);
    expect(answer.json).toEqual({ error: { code, message: 'Because.', ...(reason ? { reason } : {}) } });
    expect(answer.headers.etag).toBe(version === null ? undefined : `"${version}"`);
  });

  test('on the feed: more paths than are watched, or paths that are none', async () => {
    for (const paths of [Array.from({ length: FILE_LIMITS.watched + 1 }, (_, n) => `/${n}`), ['../etc']]) {
      const socket = await learner.socket(`/api/sandboxes/${id}/feed`).isOpen();
      socket.socket.send(JSON.stringify({ type: 'watch-files', machine: 'node1', paths }));
      expect((await socket.isClosed()).code).toBe(4500);
    }
    expect(server.files.watching.size).toBe(0);
  });
});
