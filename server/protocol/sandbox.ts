/** A sandbox as its learner sees it, and the requests that open and change one. */
import { z } from 'zod';
import { instantSchema, lessonKeySchema, machineNameSchema, sandboxIdSchema, slugSchema } from './ids.ts';

export const sandboxStateSchema = z.enum(['queued', 'preparing', 'ready', 'asleep', 'closed']);
export type SandboxState = z.infer<typeof sandboxStateSchema>;

/** What a sandbox that is being prepared does right now. */
export const preparingStageSchema = z.enum([
  'images',
  'machine',
  'engine',
  'files',
  'waking',
  /** Its machines begin anew with what was kept of them. */
  'rewinding',
  /** Elsewhere the steps before the one that it will begin with are gone through. */
  'replaying',
]);
export type PreparingStage = z.infer<typeof preparingStageSchema>;

const placeInQueue = { place: z.int().min(1), waitSeconds: z.int().min(0) };

export const machineViewSchema = z.strictObject({
  name: machineNameSchema,
  memoryBytes: z.number().min(0),
  memoryLimitBytes: z.number().min(0),
  diskBytes: z.number().min(0),
  diskLimitBytes: z.number().min(0),
  /** Absent where it is there to stay: else it waits for its turn, is being made, or is being taken away. */
  change: z
    .discriminatedUnion('what', [
      z.strictObject({ what: z.literal('queued'), ...placeInQueue }),
      z.strictObject({ what: z.literal('making') }),
      z.strictObject({ what: z.literal('removing') }),
    ])
    .optional(),
});
export type MachineView = z.infer<typeof machineViewSchema>;

export const sandboxViewSchema = z.strictObject({
  id: sandboxIdSchema,
  /** Null for the playground. */
  lesson: lessonKeySchema.nullable(),
  state: sandboxStateSchema,
  /** Present while queued: 1 is next; the wait is an estimate from recent turns. */
  queue: z.strictObject(placeInQueue).nullable(),
  preparing: z.strictObject({ stage: preparingStageSchema, done: z.int(), total: z.int() }).nullable(),
  machines: z.array(machineViewSchema).max(9),
  step: slugSchema.nullable(),
  createdAt: instantSchema,
  /** When nobody comes back, the sandbox is closed then. */
  keptUntil: instantSchema,
});
export type SandboxView = z.infer<typeof sandboxViewSchema>;

export const openSandboxSchema = z.union([
  z.strictObject({ lesson: lessonKeySchema }),
  z.strictObject({ playground: z.literal(true), machines: z.int().min(1).max(1).default(1) }),
]);
export type OpenSandbox = z.infer<typeof openSandboxSchema>;

/** What is lost with a machine, by count. */
export const machineContentsSchema = z.strictObject({
  containers: z.int().min(0),
  images: z.int().min(0),
  volumes: z.int().min(0),
  /** Below /root; null where it could not be looked at in time. */
  files: z.int().min(0).nullable(),
});
export type MachineContents = z.infer<typeof machineContentsSchema>;

export const taskRequestSchema = z.strictObject({ task: slugSchema });
export const answerRequestSchema = z.strictObject({ task: slugSchema, value: z.string().max(200) });
