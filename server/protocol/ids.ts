/** The names that travel on the wire: what each may look like, checked before anything is looked up by it. */
import { z } from 'zod';

export const localeSchema = z.enum(['en', 'zh']);
export type Locale = z.infer<typeof localeSchema>;
export const LOCALES = localeSchema.options;

/** A text in every language of the product. */
export const localizedSchema = z.strictObject({ en: z.string(), zh: z.string() });
export type Localized = z.infer<typeof localizedSchema>;

/** Eight characters of base32: short enough to stand in a bridge's name beside our prefix. */
export const sandboxIdSchema = z.string().regex(/^[a-z2-7]{8}$/);
/** A course, lesson, step or task: `docker-basics`, `hello-docker`. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);
/** A machine inside a sandbox: `node1`. */
export const machineNameSchema = z.string().regex(/^node[1-9]$/);
/** A terminal inside a machine: `1`, `2`, `build`. */
export const terminalNameSchema = z.string().regex(/^[a-z0-9-]{1,16}$/);

export const lessonKeySchema = z.strictObject({ course: slugSchema, lesson: slugSchema });
export type LessonKey = z.infer<typeof lessonKeySchema>;

/** An instant as ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();
