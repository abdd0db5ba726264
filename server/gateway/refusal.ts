/** The one place where errors become answers: every room's named errors, by their code, and nothing of their inside. */
import { FilesError } from '#server/files/contract.ts';
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '#server/protocol/errors.ts';

/** Says no to a request; the message is one short sentence for the person who asked. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  constructor(code: ErrorCode, message: string, options: ErrorOptions & { hint?: string } = {}) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
    this.hint = options.hint;
  }
}

const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in ERROR_STATUS;

type Answer = { status: number; body: ErrorBody; etag?: string; unexpected: boolean };

/**
 * Rooms raise errors whose codes are those of the wire; any other error is ours to mend, and its text stays here:
 * `unexpected` is then true and the caller logs it.
 */
export function answerFor(error: unknown): Answer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!isErrorCode(code) || code === 'internal') {
    const message = 'Something went wrong on our side. Try again; if it stays so, tell who runs this server.';
    return { status: 500, body: { error: { code: 'internal', message } }, unexpected: true };
  }
  const { message } = error as Error;
  const hint = error instanceof Refusal ? error.hint : undefined;
  const { reason, version } = error instanceof FilesError ? error : { version: null };
  return {
    status: ERROR_STATUS[code],
    body: {
      error: { code, message, ...(hint === undefined ? {} : { hint }), ...(reason ? { reason } : {}) },
    },
    // Of a conflict, which content stands there: the page fetches that one to show both.
    ...(version === null ? {} : { etag: `"${version}"` }),
    unexpected: false,
  };
}
