/** The kind `answer`: a question on the page, and where its right answer comes from. */
import { z } from 'zod';
import { containerExpectationSchema } from './container.ts';
import { machine, name, wordsSchema } from './parts.ts';
import { script } from './probed.ts';

/** Without what one has to go and look for: a script does that better. */
const fitting = containerExpectationSchema.omit({ diff: true });
const shellAnswer = z
  .strictObject({ shell: script, machine })
  .describe('What this script prints on the learner’s machine.');

const countedSchema = z.union([
  z.strictObject({ containers: fitting }).describe('How many containers fit these fields.'),
  z.strictObject({ layers: name, machine }).describe('How many layers this image has.'),
  shellAnswer,
]);

const choiceSchema = z.strictObject({
  text: wordsSchema,
  right: z.literal(true).optional(),
  why: wordsSchema.describe('Shown to who picks it: for a wrong one, what speaks against it.').optional(),
});
export type AnswerChoice = z.infer<typeof choiceSchema>;

const choicesSchema = z
  .array(choiceSchema)
  .min(2)
  .max(6)
  .refine(
    (options) => options.filter((option) => option.right).length === 1,
    'mark exactly one option `right: true`',
  );

const textSchema = z.union([
  z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(10)
    .describe('Any of these is right; capitals do not matter.'),
  z.strictObject({ containerName: fitting }).describe('The name of any container that fits.'),
  z
    .strictObject({ containerId: name, machine })
    .describe('The id of this container; the first four digits are enough.'),
  z
    .strictObject({ containerIp: name, machine })
    .describe('The address of this container, on any of its networks.'),
  z
    .strictObject({ imageId: name, machine })
    .describe('The id of this image; the first four digits are enough.'),
  z
    .strictObject({ imageDigest: name, machine })
    .describe('The digest under which a registry knows this image; the first four digits are enough.'),
  shellAnswer,
]);

export const answerExpectationSchema = z
  .union([
    z.strictObject({ choice: choicesSchema }),
    z.strictObject({ number: z.union([z.number(), countedSchema]) }),
    z.strictObject({ text: textSchema }),
  ])
  .describe('A question that the learner answers on the page.');
export type AnswerExpectation = z.infer<typeof answerExpectationSchema>;
