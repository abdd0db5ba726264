/** The feed of a sandbox: everything at once on connecting, then what changes. */
import { z } from 'zod';
import { buildNoteSchema } from './builds.ts';
import { imageNameSchema } from './catalog.ts';
import { classroomSchema } from './classes.ts';
import { FILE_LIMITS, filePathSchema } from './files.ts';
import { historySchema } from './history.ts';
import { instantSchema, machineNameSchema, slugSchema, terminalNameSchema } from './ids.ts';
import { previewsSchema, publishedPortSchema } from './preview.ts';
import { sandboxViewSchema } from './sandbox.ts';
import { terminalListSchema } from './terminal-list.ts';
import { taskStateSchema } from './tasks.ts';

/** A command that ended, as its shell reported it; secrets in it are already blotted out. */
export const commandSchema = z.strictObject({
  machine: machineNameSchema,
  terminal: terminalNameSchema,
  line: z.string().max(4096),
  exitCode: z.int(),
  startedAt: instantSchema,
  durationMs: z.number().min(0),
});
export type Command = z.infer<typeof commandSchema>;

/** Something the learner must be told; pages have the words for each. */
export const noticeSchema = z.enum([
  'going_to_sleep',
  'not_started',
  'machine_restarted',
  'machine_removed',
  'machine_not_added',
  'memory_full',
  'disk_almost_full',
  'disk_full',
  /** Of what is kept, the oldest that was kept by itself had to go, so that the learner can free the disk. */
  'history_trimmed',
  /** The state that the steps before would leave could not be made; all is as it was. */
  'not_replayed',
  'server_restarting',
]);
export type Notice = z.infer<typeof noticeSchema>;

export const feedMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('all'),
    sandbox: sandboxViewSchema,
    tasks: z.array(taskStateSchema),
    viewers: z.int().min(1),
    previews: previewsSchema,
    history: historySchema,
    terminals: terminalListSchema,
    classroom: classroomSchema,
  }),
  z.strictObject({ type: z.literal('sandbox'), sandbox: sandboxViewSchema }),
  z.strictObject({ type: z.literal('task'), task: taskStateSchema }),
  z.strictObject({ type: z.literal('command'), command: commandSchema }),
  z.strictObject({ type: z.literal('notice'), notice: noticeSchema, machine: machineNameSchema.nullable() }),
  /** A command wanted an image that neither the catalog nor the machine holds. */
  z.strictObject({
    type: z.literal('missing-image'),
    machine: machineNameSchema,
    image: imageNameSchema,
  }),
  /** A build ended; what it did line by line is to be asked for. */
  z.strictObject({ type: z.literal('build'), build: buildNoteSchema }),
  /** All that are published now, of all machines. */
  z.strictObject({ type: z.literal('ports'), ports: z.array(publishedPortSchema) }),
  /** As they are arranged now, by whichever browser. */
  z.strictObject({ type: z.literal('terminals'), terminals: terminalListSchema }),
  /** Of what is watched, this is not any more what it was; look again. */
  z.strictObject({
    type: z.literal('files'),
    machine: machineNameSchema,
    paths: z.array(filePathSchema).min(1).max(FILE_LIMITS.watched),
  }),
  /** What is kept of it, as a whole. */
  z.strictObject({ type: z.literal('history'), history: historySchema }),
  /** Classes, who looks on and what was said, as a whole. */
  z.strictObject({ type: z.literal('classroom'), classroom: classroomSchema }),
  z.strictObject({ type: z.literal('viewers'), count: z.int().min(1) }),
  /** The lesson was written anew: read it again. */
  z.strictObject({ type: z.literal('lesson') }),
]);
export type FeedMessage = z.infer<typeof feedMessageSchema>;

export const feedClientMessageSchema = z.discriminatedUnion('type', [
  /** The step now on the learner's screen; remembered for "continue where you were". */
  z.strictObject({ type: z.literal('step'), step: slugSchema }),
  /** What this browser has open of a machine's files; takes the place of what it said before. */
  z.strictObject({
    type: z.literal('watch-files'),
    machine: machineNameSchema,
    paths: z.array(filePathSchema).max(FILE_LIMITS.watched),
  }),
]);
export type FeedClientMessage = z.infer<typeof feedClientMessageSchema>;
