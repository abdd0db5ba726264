/** The kinds for which somebody has to go and look: `file`, `http`, `registry`, `shell`. */
import { z } from 'zod';
import { digest, excerpt, machine, name, pairs, path, port, wordsSchema } from './parts.ts';

export const fileExpectationSchema = z
  .strictObject({
    machine,
    container: name.describe('Look inside this container, running or not; else on the machine.').optional(),
    path,
    present: z.boolean().describe('False: it must be gone. True when left out.').optional(),
    directory: z.boolean().describe('True: a directory; false: anything else.').optional(),
    contains: excerpt.describe('This stands somewhere in its first 256 KiB.').optional(),
    matches: z
      .string()
      .min(1)
      .max(500)
      .refine(isPattern, 'is no regular expression; try it in a browser’s console')
      .describe('A regular expression that its first 256 KiB fit; ^ and $ are ends of lines.')
      .optional(),
  })
  .describe('A file on a machine, or in a container.');
export type FileExpectation = z.infer<typeof fileExpectationSchema>;

export const httpExpectationSchema = z
  .strictObject({
    machine,
    port: port.describe('Published or listened on, on every address of the machine.'),
    path: z.string().startsWith('/').max(500).describe('/ when left out.').optional(),
    status: z.int().min(100).max(599).describe('200 when left out.').optional(),
    contains: excerpt.describe('This stands somewhere in the first 256 KiB of the answer.').optional(),
    header: pairs.describe('Names of headers and a part of what each says.').optional(),
  })
  .describe('What a web server on the machine answers.');
export type HttpExpectation = z.infer<typeof httpExpectationSchema>;

export const registryExpectationSchema = z
  .strictObject({
    machine: machine.describe('The machine on which the registry listens; node1 when left out.'),
    port: port.describe('Published on every address of the machine; plain HTTP.'),
    repository: z
      .string()
      .regex(/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/, 'write a repository without registry and tag: team/web')
      .max(128)
      .describe('Left out: it is enough that the registry answers.')
      .optional(),
    tag: z
      .string()
      .regex(/^\w[\w.-]{0,127}$/, 'write a tag: v1')
      .describe('latest when left out.')
      .optional(),
    present: z.boolean().describe('False: the registry must not have it. True when left out.').optional(),
    digest: digest.optional(),
    auth: z.strictObject({ user: name, password: name }).describe('Log in so.').optional(),
  })
  .describe('A registry that runs on a machine, and what it holds.');
export type RegistryExpectation = z.infer<typeof registryExpectationSchema>;

export const script = z
  .string()
  .min(1)
  .max(4000)
  .describe('For bash, as root in the machine; 5 seconds at most. It must change nothing.');

export const shellExpectationSchema = z
  .strictObject({
    machine,
    script,
    exitCode: z.int().min(0).max(255).describe('0 when left out.').optional(),
    prints: excerpt.describe('This stands somewhere in what it prints.').optional(),
    says: wordsSchema.describe('What to tell a learner while it is not so.'),
  })
  .describe('The last resort: a script that looks for itself.');
export type ShellExpectation = z.infer<typeof shellExpectationSchema>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'm') instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
