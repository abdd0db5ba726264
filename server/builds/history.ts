/** What BuildKit in a machine remembers of its builds: its own records, their steps as they went, and the Dockerfile they read. */
import { z } from 'zod';
import { parseJson } from '../lib/json.ts';
import { encodeBytes, encodeFlag, Fields } from './fields.ts';
import type { Grpc } from './grpc.ts';

/** As BuildKit keeps it (`BuildHistoryRecord`). */
export type BuildRecord = {
  readonly ref: string;
  /** `filename`, `target`, `no-cache`, `build-arg:VERSION`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Null where it went well. */
  readonly error: string | null;
  /** Of a build that failed in one of its lines: the file, and which line. */
  readonly failedIn: { readonly dockerfile: string; readonly line: number } | null;
  /** Blobs in which BuildKit wrote down what it read and did. */
  readonly provenance: readonly string[];
};

/** A step as it went (`Vertex`): a line of the Dockerfile, or something that BuildKit does for itself. */
export type Vertex = {
  readonly digest: string;
  /** `[build 2/3] RUN make`, `[internal] load build context`. */
  readonly name: string;
  /** Digests of the steps whose result it took. */
  readonly inputs: readonly string[];
  readonly cached: boolean;
  /** Null where it was never begun. */
  readonly durationMs: number | null;
  readonly error: string | null;
  /** The last lines of what it said. */
  readonly said: readonly string[];
};

export type Went = {
  readonly vertexes: readonly Vertex[];
  /** Id of the image that was made; null where there is none. */
  readonly image: string | null;
  /** What it was named: `docker.io/library/app:latest`. */
  readonly name: string | null;
};

/** A Dockerfile of more is shown without its lines. */
export const DOCKERFILE_CHARACTERS = 64 * 1024;
export const VERTEXES_MOST = 300;
/** A COPY or a RUN has one for its stage, and one for each thing that it copies or mounts. */
const INPUTS_MOST = 32;
export const LINES_SAID = 12;
/** BuildKit keeps the builds of two days, each of some 2 KB. */
const RECORDS_BYTES = 8 * 1024 * 1024;
/** All that its programs said is in it; BuildKit keeps 2 MB of each step. */
const STATUS_BYTES = 32 * 1024 * 1024;
const PROVENANCE_BYTES = 1024 * 1024;
const NAME_CHARACTERS = 1000;
const VALUE_CHARACTERS = 2000;
const LINE_CHARACTERS = 300;

/** With the Dockerfile in base64, and more of the same. */
const SOURCE_CHARACTERS = 4 * DOCKERFILE_CHARACTERS;
/** Said by the exporter of images, as its progress. */
const WRITTEN = /^writing image (sha256:[0-9a-f]{64})$/;
const NAMED = /^naming to (\S+)/;

const CONTROL = '/moby.buildkit.v1.Control';
const COMPLETE = 1;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** All that ended, oldest first. Rejects with GrpcError, or RangeError where it is no such message. */
export async function readRecords(grpc: Grpc): Promise<BuildRecord[]> {
  const records: BuildRecord[] = [];
  // EarlyExit: what is there, and not what comes.
  for await (const message of grpc.call(`${CONTROL}/ListenBuildHistory`, encodeFlag(3), RECORDS_BYTES)) {
    const event = new Fields(message);
    const record = event.message(2);
    if (event.number(1) !== COMPLETE || !record) continue;
    const read = asRecord(record);
    // buildx has BuildKit solve nothing now and then, to see what it can do.
    if (read.attributes.has('filename')) records.push(read);
  }
  return records.toSorted((a, b) => a.endedAtMs - b.endedAtMs);
}

function asRecord(record: Fields): BuildRecord {
  const status = record.message(5);
  const results = [record.message(10), ...record.messages(11).map((entry) => entry.message(2))];
  const digests = results.flatMap((result) => result?.messages(2).map((one) => one.text(2, 80)) ?? []);
  return {
    ref: record.text(1, 100),
    attributes: record.map(3, VALUE_CHARACTERS),
    startedAtMs: record.instant(6) ?? 0,
    endedAtMs: record.instant(7) ?? 0,
    error: status && status.text(2, VALUE_CHARACTERS),
    failedIn: status && placeOf(status),
    provenance: digests.filter((digest) => DIGEST.test(digest)),
  };
}

const sourceSchema = z.object({
  info: z.object({ data: z.base64() }),
  ranges: z.array(z.object({ start: z.object({ line: z.int().min(1) }) })).min(1),
});

/** An error in a line brings the file and the line with it. */
function placeOf(status: Fields): BuildRecord['failedIn'] {
  const detail = status.messages(3).find((one) => one.text(1, 200).endsWith('/errdefs.Source+json'));
  const source = sourceSchema.safeParse(parseJson(detail?.text(2, SOURCE_CHARACTERS) ?? ''));
  if (!source.success) return null;
  const dockerfile = decoded(source.data.info.data);
  return dockerfile === null ? null : { dockerfile, line: source.data.ranges[0]!.start.line };
}

/** Null where it is longer than we show. */
function decoded(base64: string): string | null {
  const text = Buffer.from(base64, 'base64').toString('utf8').toWellFormed();
  return text.length > DOCKERFILE_CHARACTERS ? null : text;
}

/** Each step as it stood at the end of the build, and what came of it. */
export async function readWent(grpc: Grpc, ref: string): Promise<Went> {
  const found = new Map<string, Vertex>();
  const made = { image: null as string | null, name: null as string | null };
  for await (const message of grpc.call(`${CONTROL}/Status`, encodeBytes(1, ref), STATUS_BYTES)) {
    const status = new Fields(message);
    for (const one of status.messages(1)) {
      const digest = one.text(1, 80);
      const before = found.get(digest);
      if (before || found.size < VERTEXES_MOST) found.set(digest, asVertex(one, digest, before));
    }
    for (const progress of status.messages(2)) {
      const id = progress.text(1, NAME_CHARACTERS);
      made.image = WRITTEN.exec(id)?.[1] ?? made.image;
      made.name ??= NAMED.exec(id)?.[1] ?? null;
    }
    for (const log of status.messages(3)) {
      const vertex = found.get(log.text(1, 80));
      if (vertex) found.set(vertex.digest, { ...vertex, said: lastLines(vertex.said, log.bytes(4)) });
    }
  }
  return { vertexes: [...found.values()], ...made };
}

/** It is told several times: as it begins, as it ends. */
function asVertex(one: Fields, digest: string, before: Vertex | undefined): Vertex {
  const [startedAt, endedAt] = [one.instant(5), one.instant(6)];
  const lasted = startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt);
  return {
    digest,
    name: one.text(3, NAME_CHARACTERS),
    inputs: one.texts(2, 80).slice(0, INPUTS_MOST),
    cached: one.number(4) !== 0 || (before?.cached ?? false),
    durationMs: lasted ?? before?.durationMs ?? (startedAt === null ? null : 0),
    error: one.text(7, VALUE_CHARACTERS) || (before?.error ?? null),
    said: before?.said ?? [],
  };
}

/** A log comes in pieces, which need not end where a line does. */
function lastLines(before: readonly string[], bytes: Uint8Array | null): string[] {
  const text = Buffer.from(bytes ?? [])
    .toString('utf8')
    .toWellFormed();
  const [head = '', ...rest] = text.split('\n');
  const lines = [...before.slice(0, -1), (before.at(-1) ?? '') + head, ...rest];
  return lines.slice(-LINES_SAID - 1).map((line) => line.slice(0, LINE_CHARACTERS));
}

const provenanceSchema = z.object({
  metadata: z.object({
    'https://mobyproject.org/buildkit@v1#metadata': z.object({
      source: z.object({ infos: z.array(z.object({ data: z.base64() })).min(1) }),
    }),
  }),
});

/** The Dockerfile that was built, to the letter; null where BuildKit did not keep it. */
export async function readDockerfile(grpc: Grpc, record: BuildRecord): Promise<string | null> {
  if (record.failedIn) return record.failedIn.dockerfile;
  for (const digest of record.provenance.slice(0, 2)) {
    const chunks: Buffer[] = [];
    const read = '/containerd.services.content.v1.Content/Read';
    for await (const message of grpc.call(read, encodeBytes(1, digest), PROVENANCE_BYTES))
      chunks.push(Buffer.from(new Fields(message).bytes(2) ?? []));
    const told = provenanceSchema.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')));
    if (!told.success) continue;
    const { source } = told.data.metadata['https://mobyproject.org/buildkit@v1#metadata'];
    return decoded(source.infos[0]!.data);
  }
  return null;
}
