/** Types a solution for the learner: line by line, each once the one before has ended; pure but for what it is handed. */
import type { SolutionLine } from '#server/protocol/tasks.ts';

export type Typist = {
  /** Types and runs it; names the terminal that took it, or null while none does: a program runs there, or it only opens. */
  type(line: SolutionLine): string | null;
  /** Hears of each command that ended, by its terminal. */
  onEnded(listener: (terminal: string) => void): () => void;
  /** The line that is typed or runs now, from 0. */
  at(line: number): void;
  pause(milliseconds: number): Promise<void>;
};

export type TypedOut = 'done' | 'stopped' | 'busy';

/** A prompt follows its command, and a new terminal opens, within this: after it, something of the learner's own runs there. */
const TRY_EVERY_MS = 100;
const TRIES = 100;

export async function typeOut(
  lines: readonly SolutionLine[],
  typist: Typist,
  signal: AbortSignal,
): Promise<TypedOut> {
  const ended = new Map<string, number>();
  let wake = () => {};
  const quiet = typist.onEnded((terminal) => {
    ended.set(terminal, endedIn(terminal) + 1);
    wake();
  });
  const endedIn = (terminal: string) => ended.get(terminal) ?? 0;
  const abort = () => wake();
  signal.addEventListener('abort', abort);
  try {
    for (const [index, line] of lines.entries()) {
      typist.at(index);
      const terminal = await typeSoon(line, typist, signal);
      if (signal.aborted) return 'stopped';
      if (terminal === null) return 'busy';
      const before = endedIn(terminal);
      while (endedIn(terminal) === before && !signal.aborted)
        await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) return 'stopped';
    }
    return 'done';
  } finally {
    signal.removeEventListener('abort', abort);
    quiet();
  }
}

/** Null when no terminal takes it in time, or the signal aborts. */
export async function typeSoon(
  line: SolutionLine,
  typist: Pick<Typist, 'type' | 'pause'>,
  signal: AbortSignal,
): Promise<string | null> {
  for (let tries = 0; tries < TRIES && !signal.aborted; tries++) {
    const terminal = typist.type(line);
    if (terminal !== null) return terminal;
    await typist.pause(TRY_EVERY_MS);
  }
  return null;
}
