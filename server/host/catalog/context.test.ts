import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layOutContext } from './context.ts';

let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'catalog-context-'));
});
afterEach(() => rm(place, { recursive: true }));

test('modes do not depend on how the files were checked out', async () => {
  const [from, to] = [join(place, 'from'), join(place, 'to')];
  await mkdir(join(from, 'in'), { recursive: true, mode: 0o700 });
  await writeFile(join(from, 'in/script'), 'x');
  await writeFile(join(from, 'page'), 'y');
  await chmod(join(from, 'in/script'), 0o700);
  await chmod(join(from, 'page'), 0o660);
  await layOutContext(from, to);
  const mode = async (path: string) => (await stat(join(to, path))).mode & 0o7777;
  expect([await mode('in'), await mode('in/script'), await mode('page')]).toEqual([0o755, 0o755, 0o644]);
  expect(await readFile(join(to, 'page'), 'utf8')).toBe('y');
});
