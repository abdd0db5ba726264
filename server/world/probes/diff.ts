/** Asks the machine's engine what a container changed of its image's files. */
import { z } from 'zod';
import { parseJson } from '../../lib/json.ts';
import type { DiffFinding, DiffProbe } from './contract.ts';
import { askEngine, type Reach } from './reach.ts';

/** A container that changed more is not read to its end, and nothing is said of it. */
const MAX_BYTES = 2 * 1024 * 1024;
const KINDS = { changed: 0, added: 1, deleted: 2 };

const changesSchema = z
  .array(z.object({ Path: z.string().max(4096), Kind: z.int() }))
  .max(50_000)
  .nullable()
  .transform((list) => list ?? []);

export async function lookAtDiff(reach: Reach, probe: DiffProbe): Promise<DiffFinding | null> {
  const reply = await askEngine(reach, `/containers/${probe.container}/changes`, MAX_BYTES);
  const changes = reply.status === 200 && reply.isWhole ? parse(reply.body) : null;
  if (!changes) return null;
  const of = (kind: number) => changes.filter(({ Kind }) => Kind === kind).map(({ Path }) => Path);
  return { added: of(KINDS.added), changed: of(KINDS.changed), deleted: of(KINDS.deleted) };
}

function parse(body: Buffer): z.infer<typeof changesSchema> | null {
  return changesSchema.safeParse(parseJson(body.toString('utf8'))).data ?? null;
}
