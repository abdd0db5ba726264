import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecrets } from './secrets.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-secret-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('the secret is made once and only root may read it', async () => {
  const [one, other] = await Promise.all([openSecrets(directory), openSecrets(directory)]);
  expect(one).toEqual(other);
  expect(one.session).not.toBe(one.terminalNonce);
  expect(await readdir(directory)).toEqual(['secret']);
  expect((await stat(join(directory, 'secret'))).mode & 0o777).toBe(0o600);
});

test('a file that holds something else is refused, not replaced', async () => {
  await writeFile(join(directory, 'secret'), 'hunter2');
  await expect(openSecrets(directory)).rejects.toThrow('does not hold a secret');
});
