/** Classes: what an instructor sets, how learners join, and what a learner sees of the class they are in. */
import { z } from 'zod';
import { instantSchema, lessonKeySchema, localeSchema } from './ids.ts';
import { CLASS_LIMITS, NAME_MAX } from './numbers.ts';

export { CLASS_LIMITS } from './numbers.ts';

const opaqueId = z.string().regex(/^[a-z2-7]{8}$/);
export const classIdSchema = opaqueId;
/** Somebody's place in one class; tells nothing of the account behind it. */
export const learnerIdSchema = opaqueId;
export const tokenIdSchema = opaqueId;
export const noteIdSchema = opaqueId;

/** Two groups of four without 0, O, 1, I, L; typed in any case, with or without the hyphen. */
export const joinCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[2-9A-HJKMNP-Z]{4}-?[2-9A-HJKMNP-Z]{4}$/)
  .transform((code) => `${code.slice(0, 4)}-${code.slice(-4)}`);

export const displayNameSchema = z.string().trim().min(1).max(NAME_MAX);

export const classLessonSchema = z.strictObject({
  lesson: lessonKeySchema,
  dueAt: instantSchema.nullable(),
  /** Share of the class's whole score; a lesson of 2 counts twice one of 1, one of 0 not at all. */
  weight: z.int().min(0).max(CLASS_LIMITS.weight),
});
export type ClassLesson = z.infer<typeof classLessonSchema>;

export const classSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(CLASS_LIMITS.nameCharacters),
  locale: localeSchema,
  /** In order; each at most once. */
  lessons: z
    .array(classLessonSchema)
    .min(1)
    .max(CLASS_LIMITS.lessons)
    .refine(
      (lessons) => new Set(lessons.map(({ lesson }) => JSON.stringify(lesson))).size === lessons.length,
      {
        error: 'a lesson stands there twice',
      },
    ),
  /** What a task keeps of its points when it was done after the lesson was due, in percent. */
  latePercent: z.int().min(0).max(100),
});
export type ClassSettings = z.infer<typeof classSettingsSchema>;

/** Null where a bound is not set. */
export const joinTermsSchema = z.strictObject({
  expiresAt: instantSchema.nullable(),
  maxUses: z.int().min(1).max(CLASS_LIMITS.learners).nullable(),
});
export type JoinTerms = z.infer<typeof joinTermsSchema>;

export const joinCodeViewSchema = z.strictObject({
  ...joinTermsSchema.shape,
  code: z.string(),
  uses: z.int().min(0),
});
export type JoinCodeView = z.infer<typeof joinCodeViewSchema>;

/** A class as its instructor sees it. */
export const classViewSchema = z.strictObject({
  ...classSettingsSchema.shape,
  id: classIdSchema,
  createdAt: instantSchema,
  instructor: z.string(),
  /** Null when nobody can join by a code now. */
  code: joinCodeViewSchema.nullable(),
  paused: z.boolean(),
  /** Who is in it now. */
  learners: z.int().min(0),
});
export type ClassView = z.infer<typeof classViewSchema>;

/** A class as one of its learners sees it. */
export const membershipSchema = z.strictObject({
  class: classIdSchema,
  learner: learnerIdSchema,
  name: z.string(),
  instructor: z.string(),
  locale: localeSchema,
  /** What the instructor calls the learner. */
  as: displayNameSchema,
  lessons: z.array(classLessonSchema),
  paused: z.boolean(),
  /** Since when the hand is up; null while it is down. */
  handAt: instantSchema.nullable(),
});
export type Membership = z.infer<typeof membershipSchema>;

export const classListSchema = z.strictObject({
  /** False: these are a learner's eyes; nothing can be made. */
  mayTeach: z.boolean(),
  teaching: z.array(classViewSchema),
  learning: z.array(membershipSchema),
});
export type ClassList = z.infer<typeof classListSchema>;

/** What a code leads to, before anybody joins. */
export const joinPreviewSchema = z.strictObject({
  name: z.string(),
  instructor: z.string(),
  locale: localeSchema,
  lessons: z.int().min(1),
  /** This browser's learner is in the class already. */
  joined: z.boolean(),
});
export type JoinPreview = z.infer<typeof joinPreviewSchema>;

/** `name`: absent for an account, which has one. */
export const joinSchema = z.strictObject({ code: joinCodeSchema, name: displayNameSchema.optional() });

export const pauseSchema = z.strictObject({ paused: z.boolean() });
export const handSchema = z.strictObject({ raised: z.boolean() });

/** One line of the class's list: somebody who joined, or who was announced and has not come yet. */
export const rosterEntrySchema = z.strictObject({
  learner: learnerIdSchema,
  name: displayNameSchema,
  email: z.string().nullable(),
  /** The number that the school knows them by. */
  number: z.string().max(64).nullable(),
  /** Null: announced, not here yet. */
  joinedAt: instantSchema.nullable(),
  guest: z.boolean(),
});
export type RosterEntry = z.infer<typeof rosterEntrySchema>;
export const rosterSchema = z.array(rosterEntrySchema).max(CLASS_LIMITS.learners);

/** A CSV with a head line that has a column `name`, and may have `email` and `number`. */
export const rosterImportSchema = z.strictObject({ csv: z.string().max(CLASS_LIMITS.csvCharacters) });
export const rosterImportedSchema = z.strictObject({
  added: z.int().min(0),
  /** Were there already, by e-mail or number. */
  known: z.int().min(0),
  /** Lines that were left out, and why. Numbered as an editor numbers them, from 1. */
  problems: z
    .array(
      z.strictObject({
        line: z.int().min(1),
        reason: z.enum([
          'no_header',
          'no_name_column',
          'no_name',
          'name_too_long',
          'bad_email',
          'twice',
          'quote_not_closed',
          'too_many',
        ]),
      }),
    )
    .max(100),
  roster: rosterSchema,
});
export type RosterImported = z.infer<typeof rosterImportedSchema>;

/** From the instructor to one learner or to all. */
export const noteSchema = z.strictObject({
  id: noteIdSchema,
  class: classIdSchema,
  from: z.string(),
  at: instantSchema,
  text: z.string(),
  /** Shown so that a click types it; null for words alone. */
  command: z.string().nullable(),
  /** False: to this learner alone. */
  toAll: z.boolean(),
});
export type Note = z.infer<typeof noteSchema>;
/** What a click types must be what was read: no character that is not seen, or that turns others round. */
const noteCommandSchema = z
  .string()
  .trim()
  .min(1)
  .max(CLASS_LIMITS.noteCharacters)
  .regex(/^(?:\n|[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+$/u);
export const newNoteSchema = z.strictObject({
  text: z.string().trim().min(1).max(CLASS_LIMITS.noteCharacters),
  command: noteCommandSchema.nullable(),
  /** Null: everybody in the class. */
  learner: learnerIdSchema.nullable(),
});
export type NewNote = z.infer<typeof newNoteSchema>;

/** Somebody other than the learner who looks at a sandbox now. */
export const watcherSchema = z.strictObject({
  id: opaqueId,
  name: z.string(),
  /** `asks`: wants to type and waits for a word. `types`: may type, until either ends it. */
  mode: z.enum(['watches', 'asks', 'types']),
});
export type Watcher = z.infer<typeof watcherSchema>;
/** The learner's word on a watcher: yes to one who asks, no to one who asks or types. */
export const allowSchema = z.strictObject({ allow: z.boolean() });
/** The instructor's: asks to type, or ends it. */
export const typingSchema = z.strictObject({ wanted: z.boolean() });

/**
 * What the feed of a sandbox tells of classes. The learner's pages are told all; a watcher's of nobody but that watcher:
 * which other classes the learner is in, and what was said there, is not theirs to know.
 */
export const classroomSchema = z.strictObject({
  /** Classes of this learner in which this lesson is given, and where the playground is open, all. */
  memberships: z.array(membershipSchema),
  watchers: z.array(watcherSchema),
  /** The newest, oldest first. */
  notes: z.array(noteSchema).max(CLASS_LIMITS.notesShown),
});
export type Classroom = z.infer<typeof classroomSchema>;
