/** What is kept of one machine's trace: its newest spans, its calls, and the commands that may have caused them. */
import { OWN_USER_AGENT } from '../engine/contract.ts';
import type { Command } from '../protocol/feed.ts';
import { asApiCall, type SeenCall } from './api-call.ts';
import { causeOf, mayContain, timed, type TimedCommand } from './cause.ts';
import type { ApiCall, CommandTrace, Span } from './contract.ts';

/** A `docker run` makes about 25, a small build 100. */
export const SPANS_KEPT = 1000;
/** Names and values of all spans together: attributes that a learner made up are longer than true ones. */
export const CHARACTERS_KEPT = 512 * 1024;
/** Kept longer than spans: tasks ask for calls of long ago. */
export const CALLS_KEPT = 500;
const COMMANDS_KEPT = 100;

export class MachineTrace {
  /** In the order in which they came, which is that of their ends. */
  #spans: Span[] = [];
  #characters = 0;
  #seen: SeenCall[] = [];
  #commands: TimedCommand[] = [];
  /** Calls with their causes; null where more has come since it was made. */
  #calls: ApiCall[] | null = null;

  take(spans: readonly Span[]): void {
    for (const span of spans) {
      const call = asApiCall(span);
      if (call?.userAgent === OWN_USER_AGENT) continue;
      if (call) this.#seen.push(call);
      this.#spans.push(span);
      this.#characters += charactersOf(span);
    }
    this.#seen.splice(0, this.#seen.length - CALLS_KEPT);
    this.#dropOldSpans();
    this.#calls = null;
  }

  noteCommand(command: Command): void {
    this.#commands = [...this.#commands, timed(command, this.#commands)].slice(-COMMANDS_KEPT);
    this.#calls = null;
  }

  /** Nobody looks at pictures of a machine that sleeps; its calls still count. */
  forgetSpans(): void {
    this.#spans = [];
    this.#characters = 0;
  }

  get calls(): readonly ApiCall[] {
    // The cause is found anew: a command is known only when it has ended, and calls come later than their command.
    this.#calls ??= this.#seen
      .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
      .map((call) => ({ ...call, command: causeOf(call, this.#commands) }));
    return this.#calls;
  }

  of(command: Command): CommandTrace | null {
    const known = this.#commands.find((one) => isSame(one.command, command));
    if (!known) return null;
    const children = Map.groupBy(this.#spans, ({ parentId }) => parentId ?? '');
    const claimed = new Set<Span>();
    const below = new Map(this.calls.map((call) => [call, descendants(call, children, claimed)]));
    const ids = new Set(this.calls.map(({ spanId }) => spanId));
    return {
      command: known.command,
      calls: this.calls
        .filter((call) => call.command === known.command)
        .map((call) => ({ call, spans: below.get(call)! })),
      others: this.#spans
        .filter((span) => mayContain(known, span.startedAtMs) && !claimed.has(span) && !ids.has(span.spanId))
        .toSorted(byStart),
    };
  }

  #dropOldSpans(): void {
    let count = Math.max(0, this.#spans.length - SPANS_KEPT);
    let characters = this.#characters;
    for (const [index, span] of this.#spans.entries()) {
      if (index >= count && characters <= CHARACTERS_KEPT) break;
      characters -= charactersOf(span);
      count = Math.max(count, index + 1);
    }
    this.#spans.splice(0, count);
    this.#characters = characters;
  }
}

/** Spans of the same trace, however deep; one that was claimed already is not told twice, nor a circle followed. */
function descendants(call: ApiCall, children: Map<string, Span[]>, claimed: Set<Span>): Span[] {
  const found: Span[] = [];
  const parents = [call.spanId];
  for (const parent of parents)
    for (const span of children.get(parent) ?? []) {
      if (span.traceId !== call.traceId || claimed.has(span)) continue;
      claimed.add(span);
      found.push(span);
      parents.push(span.spanId);
    }
  return found.toSorted(byStart);
}

function byStart(a: Span, b: Span): number {
  return a.startedAtMs - b.startedAtMs;
}

function isSame(one: Command, other: Command): boolean {
  return one.terminal === other.terminal && one.startedAt === other.startedAt && one.line === other.line;
}

function charactersOf(span: Span): number {
  let sum = span.name.length + span.service.length + (span.error?.length ?? 0);
  for (const [key, value] of span.attributes)
    sum += key.length + (typeof value === 'string' ? value.length : 8);
  return sum;
}
