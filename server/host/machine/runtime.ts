/** Builds the OCI runtime that the outer engine starts machines with. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../files.ts';
import { COMPILER, compileProgram } from './compile.ts';
import { digestOf } from './digest.ts';

const SOURCES = join(import.meta.dirname, 'runtime');

/** The path changes with the program, so that a running engine never sees it half-written. */
export async function buildRuntime(options: { directory: string }): Promise<{ path: string }> {
  const digest = await digestOf([SOURCES], COMPILER);
  const path = join(options.directory, `runtime-${digest.slice(0, 16)}`);
  if (!(await isThere(path))) {
    await mkdir(options.directory, { recursive: true });
    await compileProgram({ sources: SOURCES, output: path });
  }
  return { path };
}
