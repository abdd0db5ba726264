/** The kind `image`: what may be asked of an image on a machine. */
import { z } from 'zod';
import { digest, excerpt, machine, name, pairs, path, quantitySchema, size } from './parts.ts';

const configSchema = z
  .strictObject({
    cmd: excerpt.describe('A part of CMD, its words with blanks between.').optional(),
    entrypoint: excerpt.describe('A part of ENTRYPOINT, its words with blanks between.').optional(),
    user: name.optional(),
    workdir: path.optional(),
    env: pairs.optional(),
    label: pairs.optional(),
    ports: z
      .array(z.string().regex(/^\d{1,5}(\/(tcp|udp))?$/, 'write a port as EXPOSE takes it: 80/tcp'))
      .min(1)
      .max(10)
      .describe('Ports that it exposes: 80/tcp, or 80 for short.')
      .optional(),
  })
  .describe('What a container made from it starts with.');
export type ImageConfigExpectation = z.infer<typeof configSchema>;

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
    digest: digest.optional(),
    size: z.strictObject({ min: size.optional(), max: size.optional() }).optional(),
    config: configSchema.optional(),
  })
  .describe('An image on a machine.');
export type ImageExpectation = z.infer<typeof imageExpectationSchema>;
