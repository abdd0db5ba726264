/** The one place where errors become answers: every room's named errors, by their code, and nothing of their inside. */
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

/**
 * Rooms raise errors whose codes are those of the wire; any other error is ours to mend, and its text stays here:
 * `unexpected` is then true and the caller logs it.
 */
export function answerFor(error: unknown): { status: number; body: ErrorBody; unexpected: boolean } {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!isErrorCode(code) || code === 'internal') {
    const message = 'Something went wrong on our side. Try again; if it stays so, tell who runs this server.';
    return { status: 500, body: { error: { code: 'internal', message } }, unexpected: true };
  }
  const { message } = error as Error;
  const hint = error instanceof Refusal ? error.hint : undefined;
  return {
    status: ERROR_STATUS[code],
    body: { error: { code, message, ...(hint === undefined ? {} : { hint }) } },
    unexpected: false,
  };
}
