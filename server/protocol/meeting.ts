/** The next time that all of a class come together: whether this server is large enough, and how far it is with its machines. */
import { z } from 'zod';
import { instantSchema, lessonKeySchema } from './ids.ts';
import { CLASS_LIMITS } from './numbers.ts';

export const meetingSchema = z.strictObject({
  at: instantSchema,
  learners: z.int().min(1).max(CLASS_LIMITS.learners),
  /** What they open first: its machines are made before. */
  lesson: lessonKeySchema,
});
export type Meeting = z.infer<typeof meetingSchema>;

export const meetingViewSchema = z.strictObject({
  ...meetingSchema.shape,
  /** `over`: so long ago that nothing is made for it any more. */
  stage: z.enum(['planned', 'warming', 'ready', 'over']),
  /** From when on machines are made for it. */
  warmFrom: instantSchema,
  /** False: those of this lesson cannot be made before. */
  ahead: z.boolean(),
  /** Machines that all of them need together. */
  machines: z.int().min(0),
  /** Machines that can be awake at once on this server, those that are somebody else's now, and those that other classes have announced for then. */
  capacity: z.int().min(0),
  used: z.int().min(0),
  others: z.int().min(0),
  /** Learners who would wait in the queue. 0: all find a machine. */
  waiting: z.int().min(0),
  /** Machines that wait for them now, and how many are to; both 0 where they cannot be made before. */
  ready: z.int().min(0),
  wanted: z.int().min(0),
  /** Who has come: has the lesson open with a machine. */
  came: z.int().min(0),
});
export type MeetingView = z.infer<typeof meetingViewSchema>;
/** Null: none is announced. */
export const maybeMeetingSchema = meetingViewSchema.nullable();
