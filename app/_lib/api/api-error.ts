/** What can go wrong between a page and the server, by the wire's closed list of codes. */
import type { ErrorBody, ErrorCode } from '#server/protocol/errors.ts';

/** `offline`: no answer came at all, or none that is ours. */
export type ApiErrorCode = ErrorCode | 'offline';

export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** Next hides what an error says on its way to the browser, but lets this through: the error page reads it. */
  readonly digest: string;
  /** The finer code of a refused sign-in or sign-up. */
  readonly hint: string | null;
  constructor(code: ApiErrorCode, message: string, options?: ErrorOptions & { hint?: string }) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.digest = `drydock-${code}`;
    this.hint = options?.hint ?? null;
  }
}

/** The error that a refused response carries; a proxy's own page counts as no answer. */
export function errorOf(status: number, body: unknown): ApiError {
  const error = (body as Partial<ErrorBody> | null)?.error;
  if (error && typeof error.code === 'string')
    return new ApiError(error.code, error.message, { hint: error.hint });
  return new ApiError(status === 404 ? 'not_found' : 'offline', `HTTP ${status}`);
}
