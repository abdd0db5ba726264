/** The shape of lesson.yaml, course.yaml and glossary.yaml: strict, so that a misspelt field is found. */
import { z } from 'zod';
import { machineNameSchema, slugSchema } from '../protocol/ids.ts';
import { expectationSchema, wordsSchema } from './expectation.ts';
import { varsSchema } from './vars.ts';

/** Repository with an optional tag, as the catalog names it. */
const catalogRefSchema = z
  .string()
  .regex(
    /^[a-z0-9]+([._/-][a-z0-9]+)*(:[\w.-]{1,64})?$/,
    'write an image as it is pulled: nginx or nginx:1.26',
  )
  .max(128);

const taskSchema = z.strictObject({
  id: slugSchema,
  title: wordsSchema,
  hold: z.boolean().describe('The task opens again when the expectation no longer holds.').optional(),
  expect: z.array(expectationSchema).min(1).max(10),
  hints: z.array(wordsSchema).max(10).describe('First a nudge, then more.').default([]),
});
export type TaskSource = z.infer<typeof taskSchema>;

const stepSchema = z.strictObject({
  id: slugSchema.describe('The heading in the text says {#id}.'),
  tasks: z.array(taskSchema).max(10).default([]),
});

export const lessonSourceSchema = z.strictObject({
  title: wordsSchema,
  summary: wordsSchema,
  minutes: z.int().min(1).max(120),
  after: z
    .array(
      z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'write course/lesson, without the number of the folder'),
    )
    .describe('Lessons that are best done before, as course/lesson.')
    .default([]),
  machines: z
    .array(
      z.strictObject({
        name: machineNameSchema,
        kind: z
          .enum(['docker', 'bare'])
          .describe('bare: no Docker in it, but a package archive to install it from; takes no images.')
          .default('docker'),
        images: z
          .array(catalogRefSchema)
          .max(20)
          .describe('Already there when the machine starts.')
          .default([]),
      }),
    )
    .min(1)
    .max(3),
  contexts: z
    .literal(false)
    .describe(
      'No machine finds the others in docker context ls; for a lesson that makes contexts, or is about who may reach an engine.',
    )
    .optional(),
  layout: z
    .strictObject({
      terminals: z
        .array(machineNameSchema)
        .min(1)
        .max(4)
        .describe('One terminal for each entry, on this machine.'),
    })
    .describe('One terminal on each machine when left out.')
    .optional(),
  vars: varsSchema
    .describe(
      'Values that differ from learner to learner; {{name}} stands for one, in every text of the lesson.',
    )
    .optional(),
  steps: z.array(stepSchema).min(1).max(12),
});
export type LessonSource = z.infer<typeof lessonSourceSchema>;

export const courseSourceSchema = z.strictObject({
  title: wordsSchema,
  summary: wordsSchema,
  order: z.int().min(1).max(1000),
  scored: z.boolean().describe('Its lessons show points.').default(false),
});
export type CourseSource = z.infer<typeof courseSourceSchema>;

/** A word of the glossary in both languages; `also` holds other spellings, such as plurals. */
export const glossarySourceSchema = z.array(
  z.strictObject({
    term: wordsSchema,
    also: z
      .strictObject({ en: z.array(z.string()).default([]), zh: z.array(z.string()).default([]) })
      .optional(),
    definition: wordsSchema,
  }),
);
export type GlossarySource = z.infer<typeof glossarySourceSchema>;

/** What editors complete lesson.yaml by; kept in content/lesson.schema.json. */
export function lessonJsonSchema(): unknown {
  return z.toJSONSchema(lessonSourceSchema, { io: 'input' });
}
