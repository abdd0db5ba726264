/** Every error that can cross the wire: a closed list, with the HTTP status that each one carries. */
import { z } from 'zod';

export const ERROR_STATUS = {
  bad_request: 400,
  not_signed_in: 401,
  wrong_origin: 403,
  not_allowed: 403,
  not_found: 404,
  /** Something stands there already, or another content than was expected; `reason` tells which. */
  file_conflict: 409,
  file_not_found: 404,
  /** The machine's own system says no; `reason` tells why. */
  file_refused: 422,
  /** In development only: the message says what its author must mend. */
  lesson_broken: 422,
  /** The server's disk cannot keep states. */
  cannot_keep: 422,
  method_not_allowed: 405,
  sandbox_not_ready: 409,
  sandbox_closed: 410,
  payload_too_large: 413,
  too_many_requests: 429,
  too_many_sandboxes: 429,
  too_many_terminals: 429,
  too_many_snapshots: 429,
  too_many_machines: 429,
  /** The machines of a lesson are those that it brings. */
  machines_fixed: 409,
  last_machine: 409,
  /** Nobody can join by it: it never was, or was taken back. */
  join_code_unknown: 404,
  join_code_expired: 410,
  /** As many as it lets in have come. */
  join_code_used_up: 409,
  too_many_learners: 429,
  too_many_classes: 429,
  /** The learner has not allowed it, or has ended it. */
  no_consent: 403,
  internal: 500,
  engine_down: 503,
  disk_full: 507,
  machine_disk_full: 507,
  machine_unreachable: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;
export const errorCodeSchema = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]);

/** Why a file could not be had or changed. */
export const fileReasonSchema = z.enum([
  'exists',
  'changed',
  'missing',
  'no_directory',
  'wrong_kind',
  'broken_link',
  'link_loop',
  'name_too_long',
  'not_permitted',
  'read_only',
  'in_use',
  'other_disk',
  'too_many',
  'disk_full',
  'failed',
]);
export type FileReason = z.infer<typeof fileReasonSchema>;

export const errorBodySchema = z.strictObject({
  error: z.strictObject({
    code: errorCodeSchema,
    /** One short English sentence; pages show their own words by `code`. */
    message: z.string(),
    hint: z.string().optional(),
    /** Of the codes about files. */
    reason: fileReasonSchema.optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

export { CLOSE_CODES } from './numbers.ts';
