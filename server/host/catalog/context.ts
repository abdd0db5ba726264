/** Prepares what a Dockerfile copies from: plain files owned by root with modes that no umask or checkout changes. */
import { chmod, copyFile, lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';
import { buildFailure } from './errors.ts';

export async function layOutContext(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await chmod(target, 0o755);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) {
      await layOutContext(from, to);
      continue;
    }
    if (!entry.isFile()) throw new Error(`invariant: ${from} is neither a file nor a directory`);
    await copyFile(from, to);
    await chmod(to, (await lstat(from)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** A program without any library, small enough to be an image by itself. */
export async function compileAlone(source: string, target: string): Promise<void> {
  const flags = [
    '-Os',
    '-static',
    '-nostdlib',
    '-ffreestanding',
    '-fno-pie',
    '-no-pie',
    '-fno-stack-protector',
  ];
  const tidy = [
    '-fno-asynchronous-unwind-tables',
    '-fcf-protection=none',
    '-s',
    '-Wl,--build-id=none',
    '-Wl,-z,norelro,-z,noseparate-code',
  ];
  const compiled = await run('gcc', [...flags, ...tidy, '-Wall', '-Werror', '-o', target, source]);
  if (compiled.code !== 0) throw buildFailure('compiling hello-world', compiled);
  await chmod(target, 0o755);
}
