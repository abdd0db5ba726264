/** Builds the pages for production, when what they are made of has changed since the last build. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What a build is made of; a change anywhere else leaves the pages as they are. */
const SOURCES = [
  'app',
  'server/protocol',
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
];

export class AppBuildError extends Error {
  readonly code = 'app_build_failed';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppBuildError';
  }
}

/** The digest of the sources where a build of exactly these is there; else null. */
export async function isBuilt(root: string): Promise<boolean> {
  const stamp = await readFile(stampOf(root), 'utf8').catch(() => null);
  return stamp === (await digestSources(root));
}

/** Takes 15 to 40 seconds and a gigabyte of memory; no network. @throws AppBuildError with the end of what Next said. */
export async function buildApp(root: string, progress: (detail: string) => void): Promise<void> {
  const digest = await digestSources(root);
  await rm(stampOf(root), { force: true });
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: process.env.HOME ?? '/root',
      LANG: 'C.UTF-8',
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      CI: '1',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-8000);
      const line = said.trimEnd().split('\n').at(-1)?.trim();
      if (line) progress(line.slice(0, 60));
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0)
    throw new AppBuildError(
      `The pages could not be built:\n${said.trim().split('\n').slice(-20).join('\n')}`,
    );
  // The app runs as nobody: it must be able to read what root has built, whatever root's umask is.
  await run('chmod', ['-R', 'a+rX', join(root, '.next')]);
  await writeFile(stampOf(root), digest);
}

const stampOf = (root: string) => join(root, '.next/drydock-stamp');

async function digestSources(root: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES)
    for (const path of await listFiles(join(root, source)))
      hash.update(`\0${relative(root, path)}\0`).update(await readFile(path));
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (entries === null) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: 'ignore' })
      .once('error', reject)
      .once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}
