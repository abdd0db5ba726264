import { expect, test, vi } from 'vitest';
import { FILE_LIMITS } from '../protocol/numbers.ts';
import type { FilesChanged } from './contract.ts';
import {
  bytes,
  changed,
  end,
  entry,
  failed,
  openFakeFiles,
  PLACE,
  standing,
  type Play,
} from './testing/fake-helper.ts';

const hello: Play = (helper, { type }) => {
  if (type === 'R') helper.say(standing('f', 2), bytes('hi'), end());
  if (type === 'T') helper.say(end());
  if (type === 'E' || type === 'D') helper.say(standing('f', 2));
};
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string; reason?: string }) => `${error.code} ${error.reason ?? ''}`.trim(),
  );
const types = (requests: { type: string }[]) => requests.map(({ type }) => type).join('');

test('a file, a directory, what is neither', async () => {
  const { files, room } = openFakeFiles(hello);
  expect(await files.look(PLACE)).toMatchObject({ type: 'text', text: 'hi', bytes: 2, path: PLACE.path });
  room.play = (helper) => helper.say(standing('f', 3), bytes('a\0b'), end());
  expect(await files.look(PLACE)).toMatchObject({ type: 'binary', bytes: 3 });
  room.play = (helper) => helper.say(standing('f', 9e9), end(true));
  expect(await files.look(PLACE)).toMatchObject({ type: 'large', bytes: 9e9 });
  room.play = (helper) => helper.say(standing('p'), end(true));
  expect(await files.look(PLACE)).toMatchObject({ type: 'special', kind: 'pipe' });
  room.play = (helper) => helper.say(standing('d'), entry('a', 'l?'), end(true));
  expect(await files.look(PLACE)).toMatchObject({
    type: 'directory',
    more: true,
    entries: [{ name: 'a', kind: 'link', target: null }],
  });
});

test.each([
  [2, 'file_not_found missing'],
  [17, 'file_conflict exists'],
  [28, 'machine_disk_full disk_full'],
  [122, 'machine_disk_full disk_full'],
  [30, 'file_refused read_only'],
  [1002, 'file_conflict changed'],
  [4_000_000_000, 'file_refused failed'],
])('the machine says no with %i', async (number, said) => {
  const { files, helpers } = openFakeFiles((helper) => helper.say(failed(number)));
  expect(await code(files.look(PLACE))).toBe(said);
  expect(await code(files.createDirectory(PLACE))).toBe(said);
  expect(helpers.length).toBe(1);
});

test.each<[string, Play]>([
  [
    'entries without number',
    (helper) => helper.say(standing('d'), ...Array.from({ length: 2001 }, () => entry('a'))),
  ],
  [
    'bytes without number',
    (helper) => helper.say(standing('f'), ...Array.from({ length: 33 }, () => bytes(Buffer.alloc(65536)))),
  ],
  ['entries of a file', (helper) => helper.say(standing('f'), entry('a'))],
  ['bytes of a directory', (helper) => helper.say(standing('d'), bytes('a'))],
  ['two beginnings', (helper) => helper.say(standing('f'), standing('f'))],
  ['a refusal in the middle', (helper) => helper.say(standing('f'), failed(2))],
  ['an end first', (helper) => helper.say(end())],
  ['garbage', (helper) => helper.say(Buffer.from('GET / HTTP/1.1\r\n\r\n'))],
])('a helper that answers %s is ended; the next request has a new one', async (_what, play) => {
  const { files, room, helpers } = openFakeFiles(play);
  expect(await code(files.look(PLACE))).toBe('machine_unreachable');
  room.play = hello;
  expect(await code(files.look(PLACE))).toBe('done');
  expect(helpers.length).toBe(2);
});

test('a helper that speaks unasked is ended', async () => {
  const { files, helpers } = openFakeFiles(hello);
  await files.look(PLACE);
  helpers[0]!.say(end());
  await vi.waitFor(() => expect(helpers[0]!.process.stdin.readableEnded).toBe(true));
  await files.look(PLACE);
  expect(helpers.length).toBe(2);
});

test('a helper that does not answer is given up after ten seconds, and all who wait are told', async () => {
  const { files, clock, helpers, room } = openFakeFiles(() => {});
  const asked = [code(files.look(PLACE)), code(files.look(PLACE))];
  await vi.waitFor(() => expect(helpers[0]?.requests.length).toBe(1));
  await clock.advance(10_000);
  expect(await Promise.all(asked)).toEqual(['machine_unreachable', 'machine_unreachable']);
  room.play = hello;
  expect(await code(files.look(PLACE))).toBe('done');
});

test('one that was ended while it looked is asked again once; a save is not said twice', async () => {
  const { files, room, helpers } = openFakeFiles((helper) => {
    helper.process.exit(137);
    room.play = hello;
  });
  expect(await code(files.look(PLACE))).toBe('done');
  room.play = (helper, { type }) => {
    if (type === 'E') helper.process.exit(137);
  };
  expect(await code(files.save(PLACE, 'anything', Buffer.from('x')))).toBe('machine_unreachable');
  expect(helpers.flatMap(({ requests }) => requests.filter(({ type }) => type === 'E')).length).toBe(1);
});

test('a machine from before there were files says so', async () => {
  const { files } = openFakeFiles((helper) => helper.process.exit(64));
  await expect(files.look(PLACE)).rejects.toThrow('older than the editor');
});

test('more than 64 requests at once are refused', async () => {
  const { files, room, helpers } = openFakeFiles(() => {});
  const asked = Array.from({ length: 65 }, () => code(files.look(PLACE)));
  expect(await Promise.race(asked)).toBe('too_many_requests');
  await vi.waitFor(() => expect(helpers[0]?.requests.length).toBe(1));
  room.play = hello;
  hello(helpers[0]!, helpers[0]!.requests[0]!);
  expect((await Promise.all(asked)).filter((answer) => answer === 'done').length).toBe(64);
});

test('a helper with nothing to do is ended after a minute', async () => {
  const { files, clock, helpers } = openFakeFiles(hello);
  await files.look(PLACE);
  await clock.advance(59_000);
  await files.look(PLACE);
  await clock.advance(59_000);
  expect(helpers[0]!.process.stdin.readableEnded).toBe(false);
  await clock.advance(1_000);
  expect(helpers[0]!.process.stdin.readableEnded).toBe(true);
});

test('a save says its condition, its bytes, its end; a large one has a helper of its own', async () => {
  const { files, helpers } = openFakeFiles(hello);
  await files.save(PLACE, { version: '00112233445566ff' }, Buffer.alloc(65_537, 'x'));
  expect(types(helpers[0]!.requests)).toBe('WBBE');
  expect(helpers[0]!.requests[0]!.payload.toString('latin1')).toBe('\x01\0\x11"3DUf\xff/root/f');
  await files.save(PLACE, 'nothing', Buffer.alloc(FILE_LIMITS.textBytes + 1));
  expect(types(helpers[1]!.requests)).toBe(`W${'B'.repeat(33)}E`);
  await vi.waitFor(() => expect(helpers[1]!.process.stdin.readableEnded).toBe(true));
  expect(helpers[0]!.process.stdin.readableEnded).toBe(false);
});

test('an upload that is too large or breaks off ends its helper before the end is said', async () => {
  const { files, helpers } = openFakeFiles(hello);
  async function* body(fails: boolean) {
    for (let count = 0; count < 51; count++) yield Buffer.alloc(1024 ** 2);
    if (fails) throw new Error('gone');
  }
  expect(await code(files.save(PLACE, 'anything', body(false)))).toBe('payload_too_large');
  expect(types(helpers[0]!.requests)).not.toContain('E');
  await vi.waitFor(() => expect(helpers[0]!.process.stdin.readableEnded).toBe(true));
});

test('two streams of a machine at a time, and a place is free again when one is over', async () => {
  const { files } = openFakeFiles((helper, { type }) => {
    if (type === 'G') helper.say(standing('f', 4), bytes('abcd'), end());
  });
  const [one, two] = [await files.download(PLACE), await files.download(PLACE)];
  expect(await code(files.download(PLACE))).toBe('too_many_requests');
  expect(Buffer.concat(await Array.fromAsync(one.body as AsyncIterable<Buffer>)).toString()).toBe('abcd');
  await vi.waitFor(async () => (await files.download(PLACE)).body.destroy());
  two.body.destroy();
});

test.each<[string, Play]>([
  ['ends before all has come', (helper) => helper.say(standing('f', 4), bytes('ab'), end(true))],
  ['brings more than it said', (helper) => helper.say(standing('f', 1), bytes('ab'))],
  ['dies in the middle', (helper) => (helper.say(standing('f', 4), bytes('ab')), helper.process.exit(137))],
])('a download that %s fails', async (_what, play) => {
  const { files } = openFakeFiles(play);
  const { body } = await files.download(PLACE);
  await expect(Array.fromAsync(body as AsyncIterable<Buffer>)).rejects.toThrow();
});

test('what is open is watched, each path once, and only of that is anything passed on', async () => {
  const { files, helpers, clock } = openFakeFiles(hello);
  const heard: FilesChanged[] = [];
  files.on((event) => heard.push(event));
  const [one, two] = [files.open(PLACE.sandbox), files.open(PLACE.sandbox)];
  one.watch('node1', ['/a', '/b']);
  two.watch('node1', ['/b', '/c']);
  await vi.waitFor(() =>
    expect(helpers[0]?.requests.at(-1)?.payload.toString()).toBe('\0\x02/a\0\x02/b\0\x02/c'),
  );
  heard.length = 0;
  helpers[0]!.say(changed('/b'), changed('/b'), changed('/etc/shadow'), changed('/c'));
  await vi.waitFor(() =>
    expect(heard).toEqual([{ sandbox: PLACE.sandbox, machine: 'node1', paths: ['/b', '/c'] }]),
  );
  one[Symbol.dispose]();
  await vi.waitFor(() => expect(helpers[0]!.requests.at(-1)?.payload.toString()).toBe('\0\x02/b\0\x02/c'));
  await clock.advance(120_000);
  expect(helpers[0]!.process.stdin.readableEnded).toBe(false);
  two[Symbol.dispose]();
  await vi.waitFor(() => expect(helpers[0]!.requests.at(-1)?.payload.length).toBe(0));
  await clock.advance(60_000);
  expect(helpers[0]!.process.stdin.readableEnded).toBe(true);
});

test('a watched helper that is lost comes again ever more slowly, and says that all may have changed', async () => {
  const { files, helpers, clock, room } = openFakeFiles(hello);
  const heard: FilesChanged[] = [];
  files.open(PLACE.sandbox).watch('node1', ['/a']);
  await vi.waitFor(() => expect(helpers[0]?.requests.length).toBe(1));
  files.on((event) => heard.push(event));
  helpers[0]!.process.exit(137);
  // Its end is seen before the clock goes on.
  await clock.advance(0);
  await clock.advance(999);
  expect(helpers.length).toBe(1);
  await clock.advance(1);
  await vi.waitFor(() => expect(heard.at(-1)?.paths).toEqual(['/a']));
  room.play = (helper) => helper.process.exit(1);
  helpers[1]!.process.exit(137);
  for (let second = 0; second < 60; second++) await clock.advance(1_000);
  expect(helpers.length).toBeLessThan(9);
});

test('a helper that tells of changes without end is ended', async () => {
  const { files, helpers } = openFakeFiles(hello);
  files.open(PLACE.sandbox).watch('node1', ['/a']);
  await vi.waitFor(() => expect(helpers[0]?.requests.length).toBe(1));
  helpers[0]!.say(...Array.from({ length: 1281 }, () => changed('/a')));
  await vi.waitFor(() => expect(helpers[0]!.process.stdin.readableEnded).toBe(true));
});

test('a machine that sleeps is not asked, and is watched again when it is up', async () => {
  const { files, helpers, goDown, comeUp } = openFakeFiles(hello);
  files.open(PLACE.sandbox).watch('node1', ['/a']);
  await vi.waitFor(() => expect(helpers[0]?.requests.length).toBe(1));
  goDown();
  await vi.waitFor(() => expect(helpers[0]!.process.stdin.readableEnded).toBe(true));
  expect(await code(files.look(PLACE))).toBe('sandbox_not_ready');
  expect(await code(files.look({ ...PLACE, machine: 'node2' }))).toBe('not_found');
  expect(await code(files.look({ ...PLACE, sandbox: 'bbbbbbb2' }))).toBe('not_found');
  comeUp();
  await vi.waitFor(() => expect(helpers[1]?.requests.length).toBe(1));
});
