/** Looks at the ends of learners' terminals: only at those whose output has changed since the last look. */
import type { Tail, Terminals } from '../terminal/contract.ts';
import { redactCommandLine } from '../terminal/redact.ts';
import type { Facts } from './facts.ts';
import { plainLine, screenLines, TAIL_BYTES } from './text-screen.ts';

export class Glances {
  readonly #terminals: Pick<Terminals, 'names' | 'tail'>;
  /** Where each terminal's output ended at the last look; gone with their learner's facts. */
  readonly #ends = new WeakMap<Facts, Map<string, number>>();

  constructor(terminals: Pick<Terminals, 'names' | 'tail'>) {
    this.#terminals = terminals;
  }

  /** Those of whom there is something else to see now. Of several terminals that changed, the last one counts. */
  look(learners: Iterable<Facts>): Facts[] {
    return Array.from(learners).filter((facts) => {
      const tail = this.#changed(facts);
      if (!tail) return false;
      // What is blotted out of the command itself is not read off the line that it was typed on.
      const lines = screenLines(tail.read(TAIL_BYTES), tail).map((line) =>
        plainLine(redactCommandLine(line)),
      );
      if (lines.join('\n') === facts.screen.join('\n')) return false;
      facts.screen = lines;
      return true;
    });
  }

  #changed(facts: Facts): Tail | null {
    const { sandbox } = facts;
    if (!sandbox || sandbox.machines.size === 0) return null;
    const ends = this.#ends.get(facts) ?? new Map<string, number>();
    this.#ends.set(facts, ends);
    let changed: Tail | null = null;
    for (const machine of sandbox.machines.keys()) {
      for (const terminal of this.#terminals.names(sandbox.id, machine)) {
        const tail = this.#terminals.tail({ sandbox: sandbox.id, machine, terminal });
        const name = `${sandbox.id} ${machine} ${terminal}`;
        if (!tail || ends.get(name) === tail.end) continue;
        ends.set(name, tail.end);
        changed = tail;
      }
    }
    return changed;
  }
}
