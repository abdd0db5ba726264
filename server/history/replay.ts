/** Goes through the steps before one as their proofs do, in a sandbox of nobody's, and keeps what they leave. */
import type { LessonDefinition, ProofLine } from '#server/lessons/contract.ts';
import type { Terminals } from '#server/terminal/contract.ts';
import { Typist } from '#server/terminal/typist.ts';
import type { Probes } from '#server/world/probes/contract.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Sandbox, Sandboxes, Past } from '../sandbox/contract.ts';
import type { GoldenRow, MachineContents } from '../store/contract.ts';
import { SWARM_TASK } from './contents.ts';
import { GOLDEN, type Goldens } from './goldens.ts';

/** A place for its machines may have to be waited for. */
const READY_MS = 120_000;

export type ReplayOptions = {
  sandboxes: Pick<Sandboxes, 'close'> & { past: Past };
  terminals: Pick<Terminals, 'attach' | 'onCommand'>;
  probes: Probes;
  goldens: Goldens;
  contents: (sandbox: Sandbox) => MachineContents[];
};

export type Progress = (done: number, total: number) => void;
/** With the values of the learner for whom it is. */
export type Wanted = { lesson: LessonKey; definition: LessonDefinition; before: readonly string[] };

type Flight = { row: Promise<GoldenRow>; told: Set<Progress> };

export class Replay {
  readonly #options: ReplayOptions;
  /** By key: whoever wants the same state meanwhile waits for the same work. */
  readonly #flights = new Map<string, Flight>();

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  /** At once where it has been built before. Rejects where a command does not come to its end. */
  async stateAfter(wanted: Wanted, progress: Progress): Promise<GoldenRow> {
    const { goldens } = this.#options;
    const key = goldens.keyOf(wanted.lesson, wanted.definition, wanted.before);
    const found = await goldens.find(key);
    if (found) return found;
    const flight = this.#flights.get(key) ?? this.#begin(key, wanted);
    flight.told.add(progress);
    try {
      return await flight.row;
    } finally {
      flight.told.delete(progress);
    }
  }

  #begin(key: string, wanted: Wanted): Flight {
    const told = new Set<Progress>();
    const tell: Progress = (done, total) => told.forEach((progress) => progress(done, total));
    const row = this.#build(wanted, tell).finally(() => this.#flights.delete(key));
    const flight = { row, told };
    this.#flights.set(key, flight);
    return flight;
  }

  async #build({ lesson, definition, before }: Wanted, tell: Progress): Promise<GoldenRow> {
    const { sandboxes, terminals, goldens } = this.#options;
    const linesOf = (step: string) => (definition.proof.get(step) ?? []).filter(isTyped);
    const total = before.reduce((sum, step) => sum + linesOf(step).length, 0);
    const sandbox = await sandboxes.past.build(definition.plan);
    using typist = new Typist(terminals, sandbox.id);
    using _ = sandbox.enter();
    try {
      await sandbox.ready(AbortSignal.timeout(READY_MS));
      let done = 0;
      let last: GoldenRow | null = null;
      for (const [index, step] of before.entries()) {
        for (const line of linesOf(step)) {
          tell(done++, total);
          await typist.type(line);
        }
        // Each step on the way is a state that somebody may want.
        const key = goldens.keyOf(lesson, definition, before.slice(0, index + 1));
        last = await goldens.add(key, (id) => this.#keep(sandbox, id));
      }
      if (!last) throw new Error('invariant: no step is before the first');
      return last;
    } finally {
      await sandboxes.close(sandbox.id);
    }
  }

  async #keep(sandbox: Sandbox, id: string): Promise<MachineContents[]> {
    const contents = this.#options.contents(sandbox);
    const machines = await Promise.all(contents.map((one) => this.#withRunning(sandbox.id, one)));
    await this.#options.sandboxes.past.keep(sandbox.id, GOLDEN, { as: id });
    return machines;
  }

  /** What runs is asked of the engine itself: the command before has only just ended, and the world may be behind. */
  async #withRunning(sandbox: string, contents: MachineContents): Promise<MachineContents> {
    const { machine } = contents;
    const script = `docker ps --no-trunc --format '{{.ID}}{{.Label "${SWARM_TASK}"}}'`;
    const found = await this.#options.probes.look(sandbox, { kind: 'shell', machine, script });
    if (found?.exitCode !== 0) return contents;
    // With the label behind it, it is no id alone.
    const ids = found.stdout.split('\n').filter((id) => /^[0-9a-f]{64}$/.test(id));
    const known = contents.containers.filter(({ id }) => !ids.includes(id));
    return {
      ...contents,
      containers: [
        ...ids.map((id) => ({ id, name: id.slice(0, 12), running: true })),
        ...known.map((container) => ({ ...container, running: false })),
      ],
    };
  }
}

function isTyped(line: ProofLine): line is Extract<ProofLine, { type: 'type' }> {
  return line.type === 'type';
}
