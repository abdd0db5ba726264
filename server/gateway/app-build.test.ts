import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp, isBuilt } from './app-build.ts';

/** A checkout in small, whose Next prints a line and makes a file. */
let root: string;
const next = () => join(root, 'node_modules/next/dist/bin/next');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'drydock-build-'));
  for (const directory of ['app/[locale]', 'server/protocol', 'node_modules/next/dist/bin'])
    await mkdir(join(root, directory), { recursive: true });
  for (const file of ['package-lock.json', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json'])
    await writeFile(join(root, file), '{}');
  await writeFile(join(root, 'app/[locale]/page.tsx'), 'one');
  await writeFile(next(), `require('node:fs').mkdirSync('.next'); console.log('Compiled')`);
});
afterEach(() => rm(root, { recursive: true }));

test('pages are built once, and again when a source has changed', async () => {
  expect(await isBuilt(root)).toBe(false);
  const details: string[] = [];
  await buildApp(root, (detail) => details.push(detail));
  expect(details).toContain('Compiled');
  expect(await isBuilt(root)).toBe(true);
  await writeFile(join(root, 'app/[locale]/page.tsx'), 'two');
  expect(await isBuilt(root)).toBe(false);
});

test('a file that has moved is a change; one outside the pages is none', async () => {
  await buildApp(root, () => {});
  await writeFile(join(root, 'server/other.ts'), 'x');
  expect(await isBuilt(root)).toBe(true);
  await cp(join(root, 'app/[locale]/page.tsx'), join(root, 'app/page.tsx'));
  expect(await isBuilt(root)).toBe(false);
});

test('a build that fails says what Next said, and is tried again', async () => {
  await writeFile(next(), `console.error('Module not found: x'); process.exit(1)`);
  await expect(buildApp(root, () => {})).rejects.toThrow('Module not found: x');
  expect(await isBuilt(root)).toBe(false);
});
