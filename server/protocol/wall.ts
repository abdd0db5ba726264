/** The wall: where each learner of a class is, live; and what is told of one learner and of each task. */
import { z } from 'zod';
import { classViewSchema, learnerIdSchema } from './classes.ts';
import {
  instantSchema,
  lessonKeySchema,
  localizedSchema,
  machineNameSchema,
  sandboxIdSchema,
  slugSchema,
  terminalNameSchema,
} from './ids.ts';
import { CLASS_LIMITS } from './numbers.ts';
import { sandboxStateSchema } from './sandbox.ts';

/** Why somebody seems to be stuck, in numbers; pages have the words. The heaviest first. */
export const stuckReasonSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no_progress'), minutes: z.int().min(1) }),
  /** The same command failed alike. */
  z.strictObject({ kind: z.literal('same_error'), times: z.int().min(2), minutes: z.int().min(0) }),
  /** Some task was almost right. */
  z.strictObject({ kind: z.literal('near_miss'), times: z.int().min(1) }),
  z.strictObject({ kind: z.literal('hints'), count: z.int().min(1) }),
  /** The machine itself is in trouble: memory or disk full, or not there. */
  z.strictObject({ kind: z.literal('machine') }),
]);
export type StuckReason = z.infer<typeof stuckReasonSchema>;
export const stuckSchema = z.strictObject({
  /** 0: all is well. From 50 on somebody should look. */
  score: z.int().min(0).max(100),
  reasons: z.array(stuckReasonSchema).max(5),
});
export type Stuck = z.infer<typeof stuckSchema>;

export const tileCommandSchema = z.strictObject({
  line: z.string().max(CLASS_LIMITS.lineCharacters),
  exitCode: z.int(),
  at: instantSchema,
});

/** `helped`: passed with a hint or by the solution. */
export const tileTaskSchema = z.strictObject({
  id: slugSchema,
  state: z.enum(['open', 'near', 'passed', 'helped']),
});

export const tileSchema = z.strictObject({
  learner: learnerIdSchema,
  name: z.string(),
  /** `never`: announced, has not joined. `here`: a page of theirs is open. */
  presence: z.enum(['never', 'away', 'here']),
  /** The lesson that they are in, of those of the class; null before the first. */
  lesson: lessonKeySchema.nullable(),
  sandbox: z.strictObject({ id: sandboxIdSchema, state: sandboxStateSchema }).nullable(),
  step: slugSchema.nullable(),
  /** Of their lesson, in its order. */
  tasks: z.array(tileTaskSchema).max(60),
  finishedAt: instantSchema.nullable(),
  /** The last one that ended. */
  command: tileCommandSchema.nullable(),
  /** The end of their terminal's screen, as plain text. */
  screen: z.array(z.string().max(CLASS_LIMITS.lineCharacters)).max(CLASS_LIMITS.screenLines),
  activeAt: instantSchema.nullable(),
  handAt: instantSchema.nullable(),
  stuck: stuckSchema,
  /** Who of the instructors looks at them now. */
  watched: z.boolean(),
});
export type Tile = z.infer<typeof tileSchema>;

/** How a task goes in the whole class. */
export const taskStatSchema = z.strictObject({
  lesson: lessonKeySchema,
  task: slugSchema,
  passed: z.int().min(0),
  /** Began with it and have not passed. */
  tried: z.int().min(0),
  /** From the task before, or the beginning of the lesson, to the tick. Null while nobody has passed. */
  medianSeconds: z.number().min(0).nullable(),
  /** The most frequent near miss among those who have not passed now. */
  miss: z.strictObject({ words: localizedSchema, learners: z.int().min(1) }).nullable(),
});
export type TaskStat = z.infer<typeof taskStatSchema>;

export const hostFiguresSchema = z.strictObject({
  awake: z.int().min(0),
  /** Machines that may be awake at once. */
  capacity: z.int().min(0),
  waiting: z.int().min(0),
});
export type HostFigures = z.infer<typeof hostFiguresSchema>;

export const wallMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('all'),
    class: classViewSchema,
    tiles: z.array(tileSchema).max(CLASS_LIMITS.learners),
    stats: z.array(taskStatSchema),
    host: hostFiguresSchema,
  }),
  /** Changed or new; gathered over a moment. */
  z.strictObject({ type: z.literal('tiles'), tiles: z.array(tileSchema).max(CLASS_LIMITS.learners) }),
  z.strictObject({ type: z.literal('gone'), learners: z.array(learnerIdSchema) }),
  z.strictObject({ type: z.literal('stats'), stats: z.array(taskStatSchema) }),
  z.strictObject({ type: z.literal('host'), host: hostFiguresSchema }),
  z.strictObject({ type: z.literal('class'), class: classViewSchema }),
]);
export type WallMessage = z.infer<typeof wallMessageSchema>;

const eventBase = { at: instantSchema, lesson: lessonKeySchema.nullable() };
/** Something that happened to one learner. */
export const timelineEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...eventBase,
    kind: z.literal('command'),
    machine: machineNameSchema,
    terminal: terminalNameSchema,
    line: z.string().max(4096),
    exitCode: z.int(),
    durationMs: z.number().min(0),
  }),
  z.strictObject({ ...eventBase, kind: z.enum(['passed', 'hint', 'solution']), task: slugSchema }),
  z.strictObject({ ...eventBase, kind: z.literal('near'), task: slugSchema, words: localizedSchema }),
  z.strictObject({ ...eventBase, kind: z.literal('rewind'), step: slugSchema.nullable() }),
  /** See `noticeSchema` of the feed. */
  z.strictObject({ ...eventBase, kind: z.literal('machine'), notice: z.string().max(64) }),
  z.strictObject({ ...eventBase, kind: z.enum(['opened', 'finished', 'hand_up', 'hand_down']) }),
  z.strictObject({ ...eventBase, kind: z.literal('note'), text: z.string() }),
  /** Somebody looked, or typed, from now on or until now. */
  z.strictObject({
    ...eventBase,
    kind: z.enum(['watched', 'typed']),
    by: z.string(),
    began: z.boolean(),
  }),
]);
export type TimelineEvent = z.infer<typeof timelineEventSchema>;
export const timelineSchema = z.strictObject({
  /** Newest first. */
  events: z.array(timelineEventSchema).max(CLASS_LIMITS.eventsShown),
  /** To be asked for what lies before; null at the beginning. */
  before: instantSchema.nullable(),
});
export type Timeline = z.infer<typeof timelineSchema>;

/** One learner of a class, for its instructor. */
export const learnerDetailSchema = z.strictObject({
  class: classViewSchema,
  tile: tileSchema,
  timeline: timelineSchema,
});
export type LearnerDetail = z.infer<typeof learnerDetailSchema>;
/** What an instructor may do with a learner's sandbox, besides looking. */
export const careSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('extend') }),
  /** The lesson begins anew; ticks go, help that was taken still counts. */
  z.strictObject({ what: z.literal('reset') }),
  z.strictObject({ what: z.literal('rewind'), snapshot: z.string().max(40) }),
]);
export type Care = z.infer<typeof careSchema>;
