/** What was read of the content is kept between starts, and never outlives a change of the content. */
import { appendFile, chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog, silentLog } from '../lib/log.ts';
import { readKeptContent } from './kept.ts';
import { readContent } from './load.ts';
import { writeContent } from './testing/content.ts';

async function prepare() {
  const content = await writeContent();
  const beside = await mkdtemp(join(tmpdir(), 'drydock-kept-'));
  const { directory } = content;
  const file = join(beside, 'lessons.kept');
  const read = () => readKeptContent(file, [directory], silentLog);
  const remove = async () => {
    await rm(beside, { recursive: true });
    await content[Symbol.asyncDispose]();
  };
  return { directory, file, read, [Symbol.asyncDispose]: remove };
}

const minutesOf = ({ courses }: Awaited<ReturnType<typeof readContent>>) =>
  courses.flatMap(({ lessons }) => lessons.map(({ sample }) => sample.source.minutes));

test('what was kept equals what is read anew', async () => {
  await using place = await prepare();
  const { directory, file, read } = place;
  const fresh = await readContent([directory]);
  expect(await read()).toEqual(fresh);
  const kept = await readFile(file);
  expect(await read()).toEqual(fresh);
  expect(await readFile(file)).toEqual(kept);
});

test('the second reading parses nothing', async () => {
  await using place = await prepare();
  const { file, read } = place;
  await read();
  // Only the file can know of it: a reading of the content would not find it.
  const bytes = await readFile(file);
  const at = bytes.indexOf('minutes');
  expect(at).toBeGreaterThan(0);
  // v8 writes a small whole number as `I` and twice its value.
  const value = bytes.indexOf('I', at + 'minutes'.length) + 1;
  bytes[value] = 2 * 42;
  await writeFile(file, bytes);
  expect(minutesOf(await read())).toContain(42);
});

test.each([
  ['saved', (path: string) => appendFile(join(path, 'basics/01-first/lesson.yaml'), '# more\n')],
  ['added', (path: string) => writeFile(join(path, 'basics/01-first/proof/x.sh'), '')],
  ['renamed', (path: string) => rename(join(path, 'basics/01-first'), join(path, 'basics/02-first'))],
  ['made executable', (path: string) => chmod(join(path, 'basics/01-first/lesson.yaml'), 0o755)],
])('a file that is %s is seen', async (_what, change) => {
  await using place = await prepare();
  const { directory, file, read } = place;
  await read();
  const before = await readFile(file);
  await change(directory);
  expect(await read()).toEqual(await readContent([directory]));
  expect(await readFile(file)).not.toEqual(before);
});

test.each([
  ['is cut short', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ['is empty', () => Buffer.alloc(0)],
  ['is something else', () => Buffer.from('{"key":1}')],
])('a file that %s costs only time', async (_what, spoil) => {
  await using place = await prepare();
  const { directory, file, read } = place;
  await read();
  await writeFile(file, spoil(await readFile(file)));
  expect(await read()).toEqual(await readContent([directory]));
});

test('where it cannot be kept, the log says so and the lessons are there', async () => {
  await using content = await writeContent();
  const lines: string[] = [];
  const log = createLog({ level: 'warn', write: (line) => void lines.push(line) });
  const nowhere = join(content.directory, 'no-such-place/lessons.kept');
  expect((await readKeptContent(nowhere, [content.directory], log)).courses).toHaveLength(1);
  expect(lines.join()).toContain('could not be kept');
});
