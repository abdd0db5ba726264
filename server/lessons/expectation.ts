/** What a task may expect: the kinds, their fields, and how they combine. The tasks room judges them. */
import { z } from 'zod';
import { localizedSchema, machineNameSchema } from '../protocol/ids.ts';

/** Empty words on the page help nobody; both languages must say something. */
export const wordsSchema = localizedSchema.refine(
  (text) => text.en.trim() !== '' && text.zh.trim() !== '',
  'write both languages: { en: …, zh: … }',
);

const name = z.string().min(1).max(128);
const machine = machineNameSchema.describe('The machine to look at; node1 when left out.').optional();

/** `512m`, `1g`, `1.5`: the way `docker run -m` takes sizes. */
const size = z
  .string()
  .regex(/^\d+(\.\d+)?[bkmg]?$/, 'write a size as docker run -m takes it, for example 256m')
  .describe('A size as `docker run -m` takes it: 256m.');

const quantitySchema = z.union([
  z.int().min(0).max(1000),
  z.strictObject({
    min: z.int().min(0).max(1000).optional(),
    max: z.int().min(0).max(1000).optional(),
  }),
]);
export type Quantity = z.infer<typeof quantitySchema>;

const mountSchema = z.strictObject({
  target: z.string().startsWith('/').max(200).describe('Path inside the container.'),
  volume: name.describe('Name of the volume that is mounted there.').optional(),
  source: z.string().startsWith('/').max(200).describe('Path on the machine, for a bind mount.').optional(),
  readOnly: z.boolean().optional(),
});
export type MountExpectation = z.infer<typeof mountSchema>;

export const containerExpectationSchema = z
  .strictObject({
    machine,
    name: name.describe('The name given with --name, without a slash.').optional(),
    image: name.describe('As typed: nginx, nginx:1.26, docker/getting-started.').optional(),
    running: z.boolean().describe('True: its process runs (a paused one counts as running).').optional(),
    paused: z.boolean().optional(),
    exitCode: z
      .int()
      .min(0)
      .max(255)
      .describe('It ran and ended so. With this field, containers that were removed since count too.')
      .optional(),
    removed: z.boolean().describe('True: there was such a container, and now there is none.').optional(),
    ports: z
      .array(
        z
          .string()
          .regex(/^(\d{1,5}:)?\d{1,5}(\/(tcp|udp))?$/, 'write a port as docker run -p takes it: 8080:80'),
      )
      .min(1)
      .max(10)
      .describe('Published ports as `docker run -p` takes them: 8080:80; 80 alone means any host port.')
      .optional(),
    env: z.record(z.string().max(128), z.string().max(1000)).optional(),
    mounts: z.array(mountSchema).min(1).max(10).optional(),
    networks: z.array(name).min(1).max(10).optional(),
    restartPolicy: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
    limits: z
      .strictObject({
        memory: size.optional(),
        cpus: z.number().min(0).max(64).optional(),
        pids: z.int().min(1).optional(),
      })
      .optional(),
    label: z.record(z.string().max(128), z.string().max(1000)).optional(),
    count: quantitySchema
      .describe('How many containers must fit the other fields: 2, or { min: 2 }; 1 or more when left out.')
      .optional(),
  })
  .describe('A container on a machine; every field given must hold.');
export type ContainerExpectation = z.infer<typeof containerExpectationSchema>;

export const imageExpectationSchema = z
  .strictObject({
    machine,
    ref: name.describe('As typed: nginx, nginx:1.26.'),
    present: z.boolean().describe('False: it must be gone. True when left out.').optional(),
    layers: quantitySchema.describe('How many layers it has.').optional(),
    sharesLayersWith: name
      .describe('Another image on this machine with at least one layer in common.')
      .optional(),
    builtFrom: name.describe('Another image whose layers are the first layers of this one.').optional(),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'write a digest whole: sha256: and 64 hex digits')
      .optional(),
    size: z.strictObject({ min: size.optional(), max: size.optional() }).optional(),
  })
  .describe('An image on a machine.');
export type ImageExpectation = z.infer<typeof imageExpectationSchema>;

const patternSchema = z
  .string()
  .min(1)
  .max(200)
  .describe(
    'Words that the command must have, in this order; more words and flags are fine. `ls|list` is either, `*` any one word. `-a|--all` finds -aq too.',
  );

export const commandExpectationSchema = z
  .strictObject({
    machine,
    line: z
      .union([patternSchema, z.array(patternSchema).min(1).max(10)])
      .describe('One pattern, or several of which one must fit.'),
    exitCode: z
      .union([z.int().min(0).max(255), z.literal('any')])
      .describe('0 when left out; any: it does not matter.')
      .optional(),
  })
  .describe('A command that was typed in a terminal.');
export type CommandExpectation = z.infer<typeof commandExpectationSchema>;

const countedSchema = z.union([
  z
    .strictObject({ containers: containerExpectationSchema })
    .describe('How many containers fit these fields.'),
  z.strictObject({ layers: name, machine }).describe('How many layers this image has.'),
]);

const choiceSchema = z.strictObject({
  text: wordsSchema,
  right: z.literal(true).optional(),
  why: wordsSchema.describe('Shown to who picks it: for a wrong one, what speaks against it.').optional(),
});

export const answerExpectationSchema = z
  .union([
    z.strictObject({
      choice: z
        .array(choiceSchema)
        .min(2)
        .max(6)
        .refine(
          (options) => options.filter((option) => option.right).length === 1,
          'mark exactly one option `right: true`',
        ),
    }),
    z.strictObject({
      number: z.union([z.number(), countedSchema]),
    }),
    z.strictObject({
      text: z.union([
        z
          .array(z.string().min(1).max(200))
          .min(1)
          .max(10)
          .describe('Any of these is right; capitals do not matter.'),
        z
          .strictObject({ containerName: containerExpectationSchema })
          .describe('The name of any container that fits.'),
        z
          .strictObject({ containerId: name, machine })
          .describe('The id of this container; the first four digits are enough.'),
        z
          .strictObject({ imageId: name, machine })
          .describe('The id of this image; the first four digits are enough.'),
      ]),
    }),
  ])
  .describe('A question that the learner answers on the page.');
export type AnswerExpectation = z.infer<typeof answerExpectationSchema>;
export type AnswerChoice = z.infer<typeof choiceSchema>;

/** One schema a kind: the key under which it stands in lesson.yaml. */
export const KINDS = {
  container: containerExpectationSchema,
  image: imageExpectationSchema,
  command: commandExpectationSchema,
  answer: answerExpectationSchema,
} as const;
export type Kind = keyof typeof KINDS;
export const COMBINATORS = ['not', 'all', 'any'] as const;

export type Expectation =
  | { container: ContainerExpectation }
  | { image: ImageExpectation }
  | { command: CommandExpectation }
  | { answer: AnswerExpectation }
  | { not: Expectation }
  | { all: Expectation[] }
  | { any: Expectation[] };

export const expectationSchema: z.ZodType<Expectation> = z.lazy(() =>
  z.union([
    z.strictObject({ container: containerExpectationSchema }),
    z.strictObject({ image: imageExpectationSchema }),
    z.strictObject({ command: commandExpectationSchema }),
    z.strictObject({ answer: answerExpectationSchema }),
    z.strictObject({ not: expectationSchema }),
    z.strictObject({ all: z.array(expectationSchema).min(1).max(10) }),
    z.strictObject({ any: z.array(expectationSchema).min(1).max(10) }),
  ]),
);

/** The question of a task, where it asks one; the loader sees to it that it then expects nothing else. */
export function answerOf(expect: readonly Expectation[]): AnswerExpectation | null {
  const [only] = expect;
  return expect.length === 1 && only && 'answer' in only ? only.answer : null;
}
