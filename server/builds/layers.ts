/** How much each line added to the image: the engine's own history of it, laid beside the lines that made it. */
import { z } from 'zod';
import { type Dockerfile, type Instruction, stageNamed } from './dockerfile.ts';

/** `GET /images/{id}/history`, newest first. */
const historySchema = z
  .array(z.object({ CreatedBy: z.string(), Size: z.number(), Comment: z.string() }))
  .max(1000);

/** BuildKit's own; what a base image brings bears other marks, or stands before ours. */
const OURS = 'buildkit.dockerfile.v0';

/** Only lines whose entry is beyond doubt. @param target as `--target` named it; null: the last stage. */
export function layerBytes(
  dockerfile: Dockerfile,
  target: string | null,
  history: unknown,
): ReadonlyMap<Instruction, number> {
  const found = new Map<Instruction, number>();
  const entries = historySchema.safeParse(history).data ?? [];
  const lines = linesOf(dockerfile, target).toReversed();
  for (const [index, line] of lines.entries()) {
    const entry = entries[index];
    // Counted from the end; from the first that does not fit on, nothing is known.
    if (entry?.Comment !== OURS || !isOf(entry.CreatedBy, line)) break;
    found.set(line, Math.max(0, entry.Size));
  }
  return found;
}

function isOf(createdBy: string, { keyword }: Instruction): boolean {
  return createdBy.toUpperCase().startsWith(`${keyword} `);
}

/** Every line that made the image, first to last: each one but FROM leaves an entry in its history. */
function linesOf({ stages }: Dockerfile, target: string | null): Instruction[] {
  const lines: Instruction[] = [];
  let at = target === null ? stages.length - 1 : (stageNamed(stages, target) ?? Number(target));
  for (let stage = stages[at]; stage;) {
    lines.unshift(...stage.instructions.slice(1));
    const base = stageNamed(stages.slice(0, at), stage.base);
    if (base === null) break;
    at = base;
    stage = stages[at];
  }
  return lines;
}
