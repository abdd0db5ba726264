/** The images that this house holds, as a learner may ask for them. */
import { z } from 'zod';

/** A name as `docker pull` takes it, of an image on Docker Hub: parts in small letters, then a tag where one is given. */
export const imageNameSchema = z
  .string()
  .max(255)
  .regex(/^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?$/);

export const heldImageSchema = z.strictObject({
  /** `nginx`, `drydock/web`: as it is pulled. */
  repository: imageNameSchema,
  /** From the most exact to the least of each image; the last of all is `latest`. */
  tags: z.array(z.string()),
  /** In the language that was asked for. */
  description: z.string(),
  /** What a first pull of `latest` brings, packed. */
  sizeBytes: z.int(),
});
export type HeldImage = z.infer<typeof heldImageSchema>;

export const catalogSchema = z.array(heldImageSchema);
