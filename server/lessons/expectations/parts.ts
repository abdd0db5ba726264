/** Pieces that several kinds of expectation have in common. */
import { z } from 'zod';
import { localizedSchema, machineNameSchema } from '../../protocol/ids.ts';

/** Empty words on the page help nobody; both languages must say something. */
export const wordsSchema = localizedSchema.refine(
  (text) => text.en.trim() !== '' && text.zh.trim() !== '',
  'write both languages: { en: …, zh: … }',
);

export const name = z.string().min(1).max(128);
export const machine = machineNameSchema.describe('The machine to look at; node1 when left out.').optional();
/** Names and their values: variables, labels. */
export const pairs = z.record(z.string().max(128), z.string().max(1000));
/** What must stand somewhere in a longer text. */
export const excerpt = z.string().min(1).max(1000);

/** An absolute path; what would leave it again helps nobody. */
export const path = z.string().startsWith('/', 'write the path from the root on: /etc/hosts').max(500);

/** Digits in quotes are fine too. */
export const port = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,5}$/, 'write a port number')
      .transform(Number),
  ])
  .pipe(z.int().min(1).max(65_535));

export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'write a digest whole: sha256: and 64 hex digits');

/** `512m`, `1g`, `1.5`: the way `docker run -m` takes sizes. */
export const size = z
  .string()
  .regex(/^\d+(\.\d+)?[bkmg]?$/, 'write a size as docker run -m takes it, for example 256m')
  .describe('A size as `docker run -m` takes it: 256m.');

export const quantitySchema = z.union([
  z.int().min(0).max(1000),
  z.strictObject({
    min: z.int().min(0).max(1000).optional(),
    max: z.int().min(0).max(1000).optional(),
  }),
]);
export type Quantity = z.infer<typeof quantitySchema>;
