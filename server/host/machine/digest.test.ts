/** A digest changes with everything that it names, and with nothing else. */
import { chmod, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf } from './digest.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-digest-'));
  await mkdir(join(folder, 'etc'));
  await writeFile(join(folder, 'etc/motd'), 'hello');
});
afterEach(() => rm(folder, { recursive: true }));

const digest = (inputs: string[] = []) => digestOf([folder], inputs);

test('content, name, executable bit and other inputs count', async () => {
  const digests = [await digest(), await digest(['trixie']), await digest(['tri', 'xie'])];
  await writeFile(join(folder, 'etc/motd'), 'hullo');
  digests.push(await digest());
  await rename(join(folder, 'etc/motd'), join(folder, 'etc/issue'));
  digests.push(await digest());
  await chmod(join(folder, 'etc/issue'), 0o755);
  digests.push(await digest());
  expect(new Set(digests).size).toBe(digests.length);
});

test('dates and the umask of a checkout do not', async () => {
  const before = await digest();
  await utimes(join(folder, 'etc/motd'), 0, 0);
  await chmod(join(folder, 'etc/motd'), 0o600);
  expect(await digest()).toBe(before);
});
