/** Compiles our small C programs into static ones that run on any Linux of this processor. */
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SetUpError } from '../errors.ts';
import { lastWords, run } from '../run.ts';

/** Part of each program's digest: another flag is another program. */
export const COMPILER = ['musl-gcc', '-static', '-Os', '-s', '-std=c11', '-D_GNU_SOURCE', '-Wall', '-Wextra'];

/** All C files of a folder become one program; it appears under its name only when complete. */
export async function compileProgram(options: { sources: string; output: string }): Promise<void> {
  const names = (await readdir(options.sources)).filter((name) => name.endsWith('.c'));
  const files = names.toSorted().map((name) => join(options.sources, name));
  const part = `${options.output}.${process.pid}.part`;
  const [compiler, ...flags] = COMPILER;
  const result = await run(compiler!, [...flags, ...files, '-o', part]);
  if (result.code !== 0)
    throw new SetUpError('command_failed', {
      sentence: `${options.sources} does not compile: ${lastWords(result)}`,
      wayOut: 'See that gcc and musl-tools are installed whole (apt-get install --reinstall gcc musl-tools).',
    });
  await rename(part, options.output);
}
