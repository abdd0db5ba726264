/** What a build did line by line: which were taken from the cache, which ran and why, how long, and how much they added. */
import { z } from 'zod';
import { filePathSchema } from './files.ts';
import { instantSchema, machineNameSchema } from './ids.ts';

/** Per sandbox; the oldest goes first. */
export const BUILD_LIMITS = {
  kept: 10,
  steps: 300,
  text: 300,
  said: 14,
  dockerfile: 64 * 1024,
  files: 5,
} as const;

const line = z.int().min(1);
const text = z.string().max(BUILD_LIMITS.text);

/** Why a step was not taken from the cache: what is known to have come first, and never a guess. */
export const whySchema = z.discriminatedUnion('kind', [
  /** Nothing earlier of this Dockerfile is known. */
  z.strictObject({ kind: z.literal('first') }),
  /** `--no-cache`, or `--no-cache-filter` for its stage. */
  z.strictObject({ kind: z.literal('no-cache') }),
  /** A step whose result it takes was not taken from the cache either. */
  z.strictObject({ kind: z.literal('after'), line: line.nullable() }),
  /** The line reads otherwise; `was`: as before, null for a new line. */
  z.strictObject({ kind: z.literal('text'), was: text.nullable() }),
  /** A line before it was taken out. */
  z.strictObject({ kind: z.literal('removed'), was: text }),
  /** A line above that only sets something (ENV, ARG, USER, SHELL) reads otherwise. */
  z.strictObject({ kind: z.literal('above'), line }),
  z.strictObject({ kind: z.literal('arg'), name: text }),
  /** The image of its FROM is another one. */
  z.strictObject({ kind: z.literal('base') }),
  /** Files that it copies. */
  z.strictObject({
    kind: z.literal('files'),
    files: z
      .array(z.strictObject({ path: text, change: z.enum(['added', 'changed', 'removed']) }))
      .min(1)
      .max(BUILD_LIMITS.files),
    more: z.int().min(0),
  }),
  /** One of the two, and nobody knows which. */
  z.strictObject({ kind: z.literal('files-or-gone') }),
  z.strictObject({ kind: z.literal('base-or-gone') }),
  /** It did not end well last time, so there was nothing to keep. */
  z.strictObject({ kind: z.literal('failed-before') }),
  /** Nothing that it depends on has changed: what was kept of it is gone. */
  z.strictObject({ kind: z.literal('gone') }),
]);
export type Why = z.infer<typeof whySchema>;

/**
 * `base`: the image that a stage begins with. `setting`: changes nothing on disk. `unused`: the image needs no such stage.
 * `not-run`: the build ended before.
 */
export const outcomeSchema = z.enum(['base', 'cached', 'ran', 'failed', 'not-run', 'unused', 'setting']);
export type Outcome = z.infer<typeof outcomeSchema>;

export const buildStepSchema = z.strictObject({
  /** `build`, or its number from 0; null above the first FROM, and where nobody knows. */
  stage: text.nullable(),
  /** In the Dockerfile that was built; null where nobody knows. */
  lines: z.strictObject({ first: line, last: line }).nullable(),
  /** Its beginning. */
  instruction: text,
  outcome: outcomeSchema,
  /** Of a step that ran or failed. */
  why: whySchema.nullable(),
  durationMs: z.number().min(0).nullable(),
  /** What it added to the image; null where it is not part of one, or nobody knows. */
  bytes: z.number().min(0).nullable(),
  /** The end of what it said, of the step that failed first. */
  said: z.array(text).max(BUILD_LIMITS.said),
});
export type BuildStep = z.infer<typeof buildStepSchema>;

export const buildIdSchema = z.string().regex(/^[a-z0-9]{1,64}$/);

export const buildSchema = z.strictObject({
  id: buildIdSchema,
  machine: machineNameSchema,
  /** What was asked to be made, `app:latest`; null where nothing was named. */
  name: text.nullable(),
  /** Where the Dockerfile lies in the machine; null where buildx kept no note of it. */
  path: filePathSchema.nullable(),
  /** The Dockerfile that was built; null where nobody knows. */
  dockerfile: z.string().max(BUILD_LIMITS.dockerfile).nullable(),
  endedAt: instantSchema,
  durationMs: z.number().min(0),
  failed: z.boolean(),
  /** Nothing earlier of its Dockerfile is known. */
  first: z.boolean(),
  steps: z.array(buildStepSchema).max(BUILD_LIMITS.steps),
});
export type Build = z.infer<typeof buildSchema>;

/** Newest first. */
export const buildsSchema = z.array(buildSchema).max(BUILD_LIMITS.kept);

/** What is said as a build ends. */
export const buildNoteSchema = z.strictObject({
  id: buildIdSchema,
  machine: machineNameSchema,
  cached: z.int().min(0),
  ran: z.int().min(0),
  failed: z.boolean(),
  first: z.boolean(),
  durationMs: z.number().min(0),
});
export type BuildNote = z.infer<typeof buildNoteSchema>;
