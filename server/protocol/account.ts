/** Who is signed in, and what they were doing. */
import { z } from 'zod';
import { NAME_MAX, PASSWORD_MAX, PASSWORD_MIN } from './numbers.ts';

export const roleSchema = z.enum(['admin', 'instructor', 'learner', 'guest']);
export type Role = z.infer<typeof roleSchema>;

export const meSchema = z.strictObject({
  /** Null for a browser that nobody has signed in with, not even as a guest. */
  user: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      /** Null for a guest. */
      email: z.string().nullable(),
      role: roleSchema,
    })
    .nullable(),
  /** True until the first account exists: that account becomes admin. */
  firstAccount: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

export { NAME_MAX, PASSWORD_MAX, PASSWORD_MIN } from './numbers.ts';

export const signInSchema = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(PASSWORD_MAX),
});
export const signUpSchema = z.strictObject({
  name: z.string().trim().min(1).max(NAME_MAX),
  email: z.email().max(254),
  password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
});

export const healthSchema = z.strictObject({
  ok: z.boolean(),
  engine: z.enum(['up', 'down']),
  version: z.string(),
});
export type Health = z.infer<typeof healthSchema>;

/** Accounts that may make classes; an admin names them. */
export const instructorSchema = z.strictObject({ id: z.string(), name: z.string(), email: z.string() });
export const instructorsSchema = z.array(instructorSchema);
export type Instructor = z.infer<typeof instructorSchema>;
export const newInstructorSchema = z.strictObject({ email: z.email().max(254) });
