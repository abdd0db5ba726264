/**
 * Which command caused a call. Nothing in a call says so: it began while the command ran, and it bears the name of a
 * program that the command line may have started.
 */
import type { Command } from '../protocol/feed.ts';
import type { SeenCall } from './api-call.ts';

/** A command with what is asked of it, read once. */
export type TimedCommand = {
  command: Command;
  words: string;
  startedAtMs: number;
  endedAtMs: number;
  /** When the command before it in the same terminal ended; a call from before is hardly its own. */
  turnAtMs: number;
};

/** Far into a line there are arguments, not programs. */
const WORDS_CHARACTERS = 500;

/**
 * The beginning of a command is noted when its mark reaches us: a fast program on a busy host may have called by then.
 * Its end is noted late too, which does no harm.
 */
const NOTED_LATE_MS = 300;

/** No path of the engine's API has more. */
const PARTS_MAX = 8;

/** User agents whose program is called otherwise on a command line. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'docker-client': 'docker',
  // buildx and compose, both parts of docker.
  'go-http-client': 'docker',
  compose: 'docker',
};

/** @param known those that ended before it. */
export function timed(command: Command, known: readonly TimedCommand[] = []): TimedCommand {
  const startedAtMs = Date.parse(command.startedAt);
  const words = command.line.slice(0, WORDS_CHARACTERS).toLowerCase();
  const before = known.findLast((one) => one.command.terminal === command.terminal);
  const turnAtMs = before?.endedAtMs ?? -Infinity;
  return { command, words, startedAtMs, endedAtMs: startedAtMs + command.durationMs, turnAtMs };
}

/**
 * Of several that ran at the time (in two terminals, say): one that names the program of the call before one that does
 * not; then the one that names most of its path (`docker logs web`); then one whose turn it was in its terminal; then
 * the one that began nearest, since programs call at their start.
 */
export function causeOf(call: SeenCall, commands: readonly TimedCommand[]): Command | null {
  const at = call.startedAtMs;
  const program = programOf(call.userAgent);
  const parts = call.path.split('/').filter((part) => part !== '' && part !== 'json');
  const rank = ({ words, turnAtMs }: TimedCommand) =>
    (program !== '' && words.includes(program) ? 100 : 0) +
    2 * parts.slice(0, PARTS_MAX).filter((part) => words.includes(part)).length +
    (at >= turnAtMs ? 1 : 0);
  const distance = (one: TimedCommand) => Math.abs(at - one.startedAtMs);
  let best: TimedCommand | null = null;
  for (const one of commands) {
    if (!mayContain(one, at)) continue;
    if (!best || rank(one) > rank(best) || (rank(one) === rank(best) && distance(one) <= distance(best)))
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
