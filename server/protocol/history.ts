/** Going back in time: what is kept of a sandbox, what a return loses, and the requests. */
import { z } from 'zod';
import { instantSchema, machineNameSchema, slugSchema } from './ids.ts';
import { HISTORY_LIMITS } from './numbers.ts';

export { HISTORY_LIMITS } from './numbers.ts';

export const snapshotIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40);
export const snapshotNameSchema = z.string().trim().min(1).max(HISTORY_LIMITS.nameCharacters);

/** `start`: before the learner's first command. `step`: the end of a step. `named`: kept by hand. */
export const snapshotViewSchema = z.strictObject({
  id: snapshotIdSchema,
  kind: z.enum(['start', 'step', 'named']),
  /** The step at whose end it was taken; null for the other kinds. */
  step: slugSchema.nullable(),
  /** What the learner called it; null for the other kinds. */
  name: snapshotNameSchema.nullable(),
  takenAt: instantSchema,
  /** Of the sandbox's disk, what would be free without it. */
  ownBytes: z.number().min(0),
});
export type SnapshotView = z.infer<typeof snapshotViewSchema>;

export const historySchema = z.strictObject({
  /** Oldest first. */
  snapshots: z.array(snapshotViewSchema).max(HISTORY_LIMITS.kept),
  /** Steps that “start here” can bring, in the order of the lesson. */
  startable: z.array(slugSchema).max(30),
  /** How often the learner went back in this lesson. */
  attempts: z.int().min(0),
});
export type History = z.infer<typeof historySchema>;

const names = z.array(z.string().max(300)).max(HISTORY_LIMITS.losses);
/** What is there now and will not be, and how many more of a kind than are named. */
export const lossSchema = z.strictObject({
  machine: machineNameSchema,
  containers: names,
  images: names,
  volumes: names,
  networks: names,
  /** Below /root, written since. */
  files: names,
  more: z.int().min(0),
});
export type Loss = z.infer<typeof lossSchema>;
export const lossesSchema = z.array(lossSchema).max(9);

export const keepSchema = z.strictObject({ name: snapshotNameSchema });
/** `snapshot`: as it was. `step`: as the lesson would have it at the beginning of that step. */
export const rewindSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('snapshot'), snapshot: snapshotIdSchema }),
  z.strictObject({ to: z.literal('step'), step: slugSchema }),
]);
export type RewindRequest = z.infer<typeof rewindSchema>;
export const forkSchema = z.strictObject({ snapshot: snapshotIdSchema });
