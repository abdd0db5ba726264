/** The kinds `volume` and `network`: what containers keep their data on and talk over. */
import { z } from 'zod';
import { machine, name, pairs } from './parts.ts';

const present = z.boolean().describe('False: it must be gone. True when left out.').optional();

export const volumeExpectationSchema = z
  .strictObject({
    machine,
    name,
    present,
    driver: name.optional(),
    usedBy: name.describe('Name of a container that mounts it, running or not.').optional(),
    label: pairs.optional(),
  })
  .describe('A volume on a machine.');
export type VolumeExpectation = z.infer<typeof volumeExpectationSchema>;

export const networkExpectationSchema = z
  .strictObject({
    machine,
    name,
    present,
    driver: name.optional(),
    internal: z.boolean().describe('True: made with --internal, with no way out.').optional(),
    subnet: z
      .string()
      .regex(/^[0-9a-f.:]+\/\d{1,3}$/, 'write a subnet with its length: 172.30.0.0/16')
      .optional(),
    containers: z.array(name).min(1).max(10).describe('Names of containers that are on it.').optional(),
  })
  .describe('A network on a machine.');
export type NetworkExpectation = z.infer<typeof networkExpectationSchema>;
