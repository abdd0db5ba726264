import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile, link } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tarDirectory, tarHeader } from './tar.ts';

const NEWEST = 1_700_000_000;
let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'catalog-tar-'));
});
afterEach(() => rm(place, { recursive: true }));

async function archiveOf(directory: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tarDirectory(directory, NEWEST)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function list(archive: Buffer, ...options: string[]): string[] {
  const text = execFileSync('tar', ['--list', '--file=-', ...options], {
    input: archive,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
  return text.toString().trimEnd().split('\n');
}

async function makeTree(directory: string, names: readonly string[]): Promise<void> {
  await mkdir(join(directory, 'd'), { recursive: true });
  for (const name of names) await writeFile(join(directory, 'd', name), `in ${name}\n`);
}

test('the same files give the same bytes, in whatever order and whenever they were made', async () => {
  const [one, two] = [join(place, 'one'), join(place, 'two')];
  await makeTree(one, ['a', 'b', 'c']);
  await makeTree(two, ['c', 'a', 'b']);
  await utimes(join(two, 'd/a'), NEWEST + 500, NEWEST + 500);
  expect((await archiveOf(one)).equals(await archiveOf(two))).toBe(true);
});

test('a date before the newest one stays as it is', async () => {
  await writeFile(join(place, 'old'), '');
  await utimes(join(place, 'old'), 1_000_000_000, 1_000_000_000);
  expect(list(await archiveOf(place), '--verbose')[0]).toContain('2001-09-09 01:46');
});

test('tar gives back files, modes, links and a name for the second link to a file', async () => {
  await mkdir(join(place, 'in'));
  await writeFile(join(place, 'in/tool'), 'x'.repeat(1000), { mode: 0o755 });
  await link(join(place, 'in/tool'), join(place, 'in/twin'));
  await symlink('/dev/stdout', join(place, 'in/out'));
  const lines = list(await archiveOf(place), '--verbose').map((line) => line.replace(/\s+/g, ' '));
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'drwxr-xr-x',
    'lrwxrwxrwx',
    '-rwxr-xr-x',
    'hrwxr-xr-x',
  ]);
  expect(lines[1]).toMatch(/in\/out -> \/dev\/stdout$/);
  expect(lines[3]).toMatch(/in\/twin link to in\/tool$/);
});

test('names that are long or not ASCII arrive whole', async () => {
  const name = `${'long'.repeat(40)}-Főtanúsítvány`;
  await writeFile(join(place, name), '');
  await symlink(name, join(place, 'to'));
  const archive = await archiveOf(place);
  expect(list(archive, '--quoting-style=literal')).toEqual([name, 'to']);
  expect(list(archive, '--verbose', '--quoting-style=literal')[1]).toContain(`to -> ${name}`);
});

test('a file that is larger than one piece keeps its length', async () => {
  await writeFile(join(place, 'large'), '');
  await truncate(join(place, 'large'), 3 * 1024 * 1024 + 17);
  const archive = await archiveOf(place);
  expect(archive.length % 512).toBe(0);
  expect(list(archive, '--verbose')[0]).toContain('3145745');
});

test('a removal in an overlay becomes a whiteout, and a pipe is left out', async () => {
  execFileSync('mknod', [join(place, 'gone'), 'c', '0', '0']);
  execFileSync('mkfifo', [join(place, 'pipe')]);
  expect(list(await archiveOf(place))).toEqual(['.wh.gone']);
});

test('a header carries the sum over itself with blanks in its place', () => {
  const header = tarHeader({
    path: 'a',
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    mtimeSeconds: 0,
  });
  const said = Number.parseInt(header.toString('ascii', 148, 154), 8);
  header.fill(' ', 148, 156);
  expect(header.reduce((sum, byte) => sum + byte, 0)).toBe(said);
});
