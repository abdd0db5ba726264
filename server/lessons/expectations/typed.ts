/** The kinds `command` and `api`: what was typed, and what the engine was asked because of it. */
import { z } from 'zod';
import { excerpt, machine, quantitySchema } from './parts.ts';

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

export const apiExpectationSchema = z
  .strictObject({
    machine,
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']).optional(),
    path: z
      .string()
      .startsWith('/')
      .max(200)
      .describe('Without the version: /containers/create. `*` is any one part, `**` all the rest.')
      .optional(),
    userAgent: excerpt.describe('A part of the caller’s name: Docker-Client.').optional(),
    fromCommand: patternSchema.optional(),
    status: z.int().min(100).max(599).optional(),
    count: quantitySchema.describe('How many such calls; 1 or more when left out.').optional(),
  })
  .describe('A call of the engine’s API.');
export type ApiExpectation = z.infer<typeof apiExpectationSchema>;
