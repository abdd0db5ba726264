/**
 * Which command caused a call. Nothing in a call says so: it began while the command ran, and it bears the name of a
 * program that the command line may have started.
 */
import type { Command } from '../protocol/feed.ts';
import type { SeenCall } from './api-call.ts';

/** A command with what is asked of it, read once. */
export type TimedCommand = { command: Command; words: string; startedAtMs: number; endedAtMs: number };

/** Far into a line there are arguments, not programs. */
const WORDS_CHARACTERS = 500;

/**
 * The beginning of a command is noted when its mark reaches us: a fast program on a busy host may have called by then.
 * Its end is noted late too, which does no harm.
 */
const NOTED_LATE_MS = 300;

/** User agents whose program is called otherwise on a command line. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'docker-client': 'docker',
  // buildx and compose, both parts of docker.
  'go-http-client': 'docker',
  compose: 'docker',
};

export function timed(command: Command): TimedCommand {
  const startedAtMs = Date.parse(command.startedAt);
  const words = command.line.slice(0, WORDS_CHARACTERS).toLowerCase();
  return { command, words, startedAtMs, endedAtMs: startedAtMs + command.durationMs };
}

/**
 * Of several that ran at the time (in two terminals, say): one that names the program of the call before one that does
 * not, and of equals the one that was typed last, since programs call at their start.
 */
export function causeOf(call: SeenCall, commands: readonly TimedCommand[]): Command | null {
  const program = programOf(call.userAgent);
  const rank = (one: TimedCommand) =>
    (program !== '' && one.words.includes(program) ? 2 : 0) + (call.startedAtMs >= one.startedAtMs ? 1 : 0);
  let best: TimedCommand | null = null;
  for (const one of commands) {
    if (!mayContain(one, call.startedAtMs)) continue;
    if (!best || rank(one) > rank(best) || (rank(one) === rank(best) && one.startedAtMs >= best.startedAtMs))
      best = one;
  }
  return best?.command ?? null;
}

export function mayContain({ startedAtMs, endedAtMs }: TimedCommand, atMs: number): boolean {
  return atMs >= startedAtMs - NOTED_LATE_MS && atMs <= endedAtMs;
}

function programOf(userAgent: string): string {
  const name = /^[^/\s]*/.exec(userAgent)![0].toLowerCase();
  return PROGRAMS[name] ?? name;
}
