/** Previews: where the ports of a sandbox's machines open in a browser, and which of them containers publish. */
import { z } from 'zod';
import { machineNameSchema } from './ids.ts';

/** More than a learner can look at; a machine that publishes more shows the first. */
export const PORTS_MAX = 40;

export const portNumberSchema = z.int().min(1).max(65_535);

export const publishedPortSchema = z.strictObject({
  machine: machineNameSchema,
  port: portNumberSchema,
  /** Name of the container that published it. */
  container: z.string().max(255),
});
export type PublishedPort = z.infer<typeof publishedPortSchema>;

export const previewsSchema = z.strictObject({
  /**
   * Where a port opens, with `{port}` and `{machine}` in it and without a slash at its end. An origin of its own, or,
   * beginning with a slash, a path of the app's own origin.
   */
  address: z.string().max(300),
  ports: z.array(publishedPortSchema).max(PORTS_MAX * 9),
});
export type PreviewsView = z.infer<typeof previewsSchema>;
