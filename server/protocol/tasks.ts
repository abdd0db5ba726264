/** What the page shows of a task: passed or not, and each fact in the learner's own numbers. */
import { z } from 'zod';
import { instantSchema, localizedSchema, machineNameSchema, slugSchema } from './ids.ts';

export const factSchema = z.strictObject({
  /** Field of the expectation: `running`, `image`, `ports`, `exitCode`, `line`… */
  field: z.string().max(64),
  ok: z.boolean(),
  expected: z.string().max(500),
  /** What was found; null where there is nothing to compare yet. */
  actual: z.string().max(500).nullable(),
  /** The fact's name in words: "host port 8080". */
  label: localizedSchema,
  /** For a near miss, what the learner did: "you published 80→8080". */
  words: localizedSchema.nullable(),
});
export type Fact = z.infer<typeof factSchema>;

export const taskStateSchema = z.strictObject({
  id: slugSchema,
  step: slugSchema,
  passed: z.boolean(),
  passedAt: instantSchema.nullable(),
  /** True when something was done toward it but not all facts hold: show the facts. */
  near: z.boolean(),
  facts: z.array(factSchema).max(40),
  hintsGiven: z.array(localizedSchema).max(10),
  hintsTotal: z.int().min(0).max(10),
  solved: z.boolean(),
  /** What it has earned or, while it is open, can still earn; null where the course is not scored. */
  points: z.int().min(0).nullable(),
});
export type TaskState = z.infer<typeof taskStateSchema>;

/** A command as it would be typed, and where. */
export const solutionLineSchema = z.strictObject({ machine: machineNameSchema, text: z.string() });
export type SolutionLine = z.infer<typeof solutionLineSchema>;

/** The answer to "show me": the proof, line by line. */
export const solutionSchema = z.strictObject({
  task: slugSchema,
  lines: z.array(solutionLineSchema).max(100),
});
export type Solution = z.infer<typeof solutionSchema>;
