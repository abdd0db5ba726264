/** Understands what a shell tells its terminal: titles (OSC 0, 2), commands and their exit codes (OSC 633;E, 133;D). */
import { redactCommandLine } from './redact.ts';

export const TITLE_CHARACTERS = 256;
export const LINE_CHARACTERS = 4096;

/** `line` is fit to be shown: secrets in it are blotted. */
export type CommandEnded = { line: string; exitCode: number; startedAt: Date; durationMs: number };
export type ShellEvent = { type: 'title'; title: string } | ({ type: 'command' } & CommandEnded);

/** One shell's marks in their order. Only marks with our nonce count: any program may print the rest. */
export class ShellMarks {
  readonly #nonce: string;
  readonly #now: () => Date;
  #running: { line: string; startedAt: Date } | null = null;

  constructor(nonce: string, now: () => Date) {
    this.#nonce = nonce;
    this.#now = now;
  }

  /** `payload` is what stands between ESC ] and its end. */
  read(payload: string): ShellEvent | null {
    const fields = payload.split(';');
    const [kind, mark] = fields;
    if (kind === '0' || kind === '2') return { type: 'title', title: cleanTitle(payload.slice(2)) };
    if (fields.at(-1) !== this.#nonce) return null;
    if (kind === '633' && mark === 'E' && fields.length === 4) {
      this.#running = { line: readLine(fields[2] ?? ''), startedAt: this.#now() };
      return null;
    }
    if (kind === '133' && mark === 'D' && fields.length === 4) return this.#ended(fields[2] ?? '');
    return null;
  }

  /** The end counts only after a beginning: a prompt drawn anew is no command. */
  #ended(code: string): ShellEvent | null {
    const running = this.#running;
    this.#running = null;
    if (!running || !/^\d{1,3}$/.test(code)) return null;
    const durationMs = Math.max(0, this.#now().getTime() - running.startedAt.getTime());
    return { type: 'command', ...running, exitCode: Number(code), durationMs };
  }
}

/** Undoes the escapes of OSC 633;E, drops what could control a screen, and blots secrets. */
function readLine(escaped: string): string {
  const line = escaped
    .replace(/\\(?:x([0-9a-f]{2})|\\)/gi, (_, hex: string | undefined) =>
      hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .slice(0, LINE_CHARACTERS);
  // Cut again: a blot may be longer than the secret.
  return redactCommandLine(line).slice(0, LINE_CHARACTERS).toWellFormed();
}

/** Control and direction characters could forge what a page shows around the title. */
function cleanTitle(title: string): string {
  return title
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, TITLE_CHARACTERS)
    .toWellFormed();
}
