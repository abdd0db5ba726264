/** The gradebook of a class, and the tokens by which other programs read it. */
import { z } from 'zod';
import { classIdSchema, classLessonSchema, learnerIdSchema, tokenIdSchema } from './classes.ts';
import { instantSchema, lessonKeySchema } from './ids.ts';
import { CLASS_LIMITS } from './numbers.ts';

export const scoreSchema = z.strictObject({
  lesson: lessonKeySchema,
  /** 0 to 100 of what the lesson can give; null: never opened. */
  score: z.number().min(0).max(100).nullable(),
  passed: z.int().min(0),
  total: z.int().min(0),
  /** Passed with hints, and by the solution shown. */
  hinted: z.int().min(0),
  solved: z.int().min(0),
  /** Passed after it was due. */
  late: z.int().min(0),
  finishedAt: instantSchema.nullable(),
});
export type Score = z.infer<typeof scoreSchema>;

export const gradeRowSchema = z.strictObject({
  learner: learnerIdSchema,
  name: z.string(),
  email: z.string().nullable(),
  number: z.string().nullable(),
  /** One for each lesson of the class, in its order. */
  scores: z.array(scoreSchema).max(CLASS_LIMITS.lessons),
  /** 0 to 100: the lessons by their weights; what was never opened counts 0. */
  total: z.number().min(0).max(100),
});
export type GradeRow = z.infer<typeof gradeRowSchema>;

export const gradebookSchema = z.strictObject({
  class: z.strictObject({ id: classIdSchema, name: z.string() }),
  lessons: z.array(classLessonSchema),
  rows: z.array(gradeRowSchema).max(CLASS_LIMITS.learners),
});
export type Gradebook = z.infer<typeof gradebookSchema>;

export const tokenViewSchema = z.strictObject({
  id: tokenIdSchema,
  name: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});
export type TokenView = z.infer<typeof tokenViewSchema>;
export const newTokenSchema = z.strictObject({ name: z.string().trim().min(1).max(60) });
/** The secret is told this once; we keep only its fingerprint. */
export const madeTokenSchema = z.strictObject({ token: tokenViewSchema, secret: z.string() });
export type MadeToken = z.infer<typeof madeTokenSchema>;
