/**
 * What a build leaves in its machine beside BuildKit's own records: buildx notes where context and Dockerfile lie, and the
 * context's files lie there still. Read by processes in the machine, within the limits of the learner's own programs.
 */
import { z } from 'zod';
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import { parseJson } from '../lib/json.ts';
import { filePathSchema } from '../protocol/files.ts';
import type { Context } from './context.ts';

/** Of a context with more, nobody looks which file has changed. */
export const FILES_MOST = 1000;
const SECONDS_MOST = 5;
const OUTPUT_BYTES = 512 * 1024;
const NOTE_BYTES = 16 * 1024;

/** buildx keeps one for each build, by the name of builder and node (`localstate`). */
const NOTE_SCRIPT = `cat -- "\${BUILDX_CONFIG:-$HOME/.docker/buildx}"/refs/*/*/"$1" | head -c ${NOTE_BYTES}`;
const noteSchema = z.object({ LocalPath: filePathSchema, DockerfilePath: z.string() });

/** `sh -c … sh CONTEXT DOCKERFILE`: what is ignored, each file as it stands, a digest of each that is small; then a last word. */
const CONTEXT_SCRIPT = `
cd -- "$1" || exit 1
{ cat -- "$2.dockerignore" 2>/dev/null || cat .dockerignore 2>/dev/null; } | head -c 16384 | tr -d '\\0'
printf '\\0'
find . -xdev \\( -type f -o -type l \\) -printf '%y %m %s %T@ %P\\0' | head -z -n ${FILES_MOST + 1}
printf '\\0'
find . -xdev -type f -size -1025k -print0 | head -z -n ${FILES_MOST} | xargs -0 -r sha256sum -z --
printf '\\0whole\\0'
`;

export type Runs = Pick<Engine, 'run'>;
export type Place = {
  readonly context: string;
  /** Null where it was no file: it came by standard input, say. */
  readonly dockerfile: string | null;
};

/** Null where there is no such note: another builder's, or removed. @param ref as BuildKit gave it out. */
export async function findPlace(engine: Runs, machine: MachineRef, ref: string): Promise<Place | null> {
  const { code, stdout } = await runBounded(engine, machine, ['sh', '-c', NOTE_SCRIPT, 'sh', ref]);
  if (code !== 0) return null;
  const note = noteSchema.safeParse(parseJson(stdout));
  if (!note.success) return null;
  const { LocalPath: context, DockerfilePath: given } = note.data;
  // Nothing was said of it: then it is the one that lies there.
  const dockerfile = filePathSchema.safeParse(given === '' ? `${context}/Dockerfile` : given);
  return { context, dockerfile: dockerfile.data ?? null };
}

/** Null where it is too large to be told by its files, or gone. */
export async function lookAtContext(
  engine: Runs,
  machine: MachineRef,
  place: Place,
): Promise<Context | null> {
  const command = ['sh', '-c', CONTEXT_SCRIPT, 'sh', place.context, place.dockerfile ?? ''];
  const { code, stdout } = await runBounded(engine, machine, command);
  return code === 0 ? parseContext(stdout) : null;
}

async function runBounded(engine: Runs, machine: MachineRef, command: readonly string[]) {
  return engine.run(machine, {
    // The machine ends it by itself: with our side alone it would go on in there.
    command: ['timeout', String(SECONDS_MOST), 'nice', ...command],
    env: { HOME: '/root', LC_ALL: 'C' },
    asLearner: true,
    timeoutMs: (SECONDS_MOST + 1) * 1000,
    maxBytes: OUTPUT_BYTES,
  });
}

export function parseContext(output: string): Context | null {
  const records = output.split('\0');
  const end = records.indexOf('', 1);
  const digestsEnd = records.indexOf('', end + 1);
  if (end < 0 || end - 1 > FILES_MOST || records.at(-2) !== 'whole' || digestsEnd !== records.length - 3)
    return null;
  const digests = new Map<string, string>();
  for (const record of records.slice(end + 1, digestsEnd)) {
    const [, digest, path] = /^([0-9a-f]{64}) [ *]\.\/([^]+)$/.exec(record) ?? [];
    if (digest !== undefined) digests.set(path!, digest);
  }
  const files = new Map<string, string>();
  for (const record of records.slice(1, end)) {
    const [, kind, mode, size, time, path] = /^([fl]) (\d+) (\d+) ([\d.]+) ([^]+)$/.exec(record) ?? [];
    if (kind === undefined) return null;
    // What has the same content and rights is the same to Docker, whenever it was written.
    files.set(path!, `${kind} ${mode} ${digests.get(path!) ?? `${size} ${time}`}`);
  }
  return { files, ignored: records[0]!.split('\n') };
}
