/** Adds machines to a sandbox that is awake, one turn each, and takes them away again with all that is on them. */
import type { Engine } from '../engine/contract.ts';
import type { Log } from '../lib/log.ts';
import type { Notice } from '../protocol/feed.ts';
import { MACHINES_MOST } from '../protocol/numbers.ts';
import type { SandboxTable } from '../store/contract.ts';
import { SandboxError, type SandboxEvent } from './contract.ts';
import type { Gate } from './gate.ts';
import type { JobList } from './job-list.ts';
import { recordOf } from './lifecycle.ts';
import type { LiveSandbox } from './live-sandbox.ts';
import type { MachineWork } from './machine-work.ts';
import type { Turns } from './turns.ts';

export type MachineChangesOptions = {
  engine: Pick<Engine, 'removeMachine' | 'snapshots' | 'removeSnapshot'>;
  work: MachineWork;
  turns: Turns;
  gate: Gate;
  jobs: JobList;
  table: SandboxTable;
  log: Log;
  emit: (event: SandboxEvent) => void;
  /** Places in the queue have changed. */
  onQueue: () => void;
};

export class MachineChanges {
  readonly #options: MachineChangesOptions;

  constructor(options: MachineChangesOptions) {
    this.#options = options;
  }

  /** Takes the smallest free number and waits its turn; what comes of it is told by the sandbox's events. @throws SandboxError */
  add(sandbox: LiveSandbox): void {
    const { turns, jobs } = this.#options;
    demandOwnMachines(sandbox);
    const names = [...sandbox.plan.map(({ name }) => name), ...sandbox.coming.keys()];
    const most = Math.min(MACHINES_MOST, turns.capacity);
    if (names.length >= most)
      throw new SandboxError(
        'too_many_machines',
        `A playground has at most ${most} machines here. Remove one to add another.`,
      );
    const name = ['node1', 'node2', 'node3'].find((free) => !names.includes(free))!;
    const turn = turnOf(sandbox, name);
    sandbox.coming.set(name, { queue: () => turns.queueOf(turn) });
    turns.request(turn, 1, () => {
      sandbox.coming.set(name, { queue: () => null });
      jobs.run(sandbox.id, 'add', () => this.#make(sandbox, name));
      this.#options.onQueue();
    });
    this.#changed(sandbox);
  }

  /** With its disk; one that still waits for its turn just gives it up. @throws SandboxError */
  remove(sandbox: LiveSandbox, name: string): void {
    demandOwnMachines(sandbox);
    if (sandbox.coming.get(name)?.queue()) return this.#giveUpTurn(sandbox, name);
    if (sandbox.coming.has(name))
      throw new SandboxError('sandbox_not_ready', `${name} is being made. Remove it as soon as it is there.`);
    // Asked twice, by an impatient click.
    if (sandbox.going.has(name)) return;
    if (!sandbox.plan.some((machine) => machine.name === name))
      throw new SandboxError('not_found', 'There is no such machine.');
    if (sandbox.plan.filter((machine) => !sandbox.going.has(machine.name)).length <= 1)
      throw new SandboxError(
        'last_machine',
        'A playground keeps one machine. Add another first, or close the playground.',
      );
    sandbox.going.add(name);
    this.#options.jobs.run(sandbox.id, 'take away', () => this.#takeAway(sandbox, name));
    this.#changed(sandbox);
  }

  /** Asleep or closed, it wants no more machines: those that still wait for their turn are not made. */
  tellChanged(sandbox: LiveSandbox): void {
    if (sandbox.state === 'asleep' || sandbox.state === 'closed')
      for (const [name, { queue }] of Array.from(sandbox.coming)) if (queue()) this.#dropTurn(sandbox, name);
    this.#changed(sandbox);
  }

  #giveUpTurn(sandbox: LiveSandbox, name: string): void {
    this.#dropTurn(sandbox, name);
    this.#changed(sandbox);
  }

  #dropTurn(sandbox: LiveSandbox, name: string): void {
    sandbox.coming.delete(name);
    this.#options.turns.release(turnOf(sandbox, name));
    this.#options.onQueue();
  }

  async #make(sandbox: LiveSandbox, name: string): Promise<void> {
    const { gate, log, turns, work, emit } = this.#options;
    const turn = turnOf(sandbox, name);
    const machine = { name, generation: (sandbox.gone.get(name) ?? 0) + 1, images: [] };
    try {
      if (sandbox.state !== 'ready')
        throw new SandboxError('sandbox_not_ready', 'The sandbox went to sleep.');
      const ref = await gate.run(() => work.add(sandbox, machine));
      sandbox.plan = [...sandbox.plan, machine].toSorted((a, b) => a.name.localeCompare(b.name));
      sandbox.coming.delete(name);
      // Put to sleep meanwhile, its places are given back by the job that stops it, behind us.
      if (turns.holds(sandbox.id)) turns.join(turn, sandbox.id);
      await this.#save(sandbox);
      emit({ type: 'machine-added', sandbox, machine: name });
      // Its sandbox is being woken or put to sleep behind us, and this machine with it.
      if (sandbox.state !== 'ready') return;
      sandbox.up.set(name, ref);
      emit({ type: 'machine-up', sandbox, ref });
    } catch (error) {
      log.error('a machine could not be added', { sandbox: sandbox.id, machine: name, error });
      sandbox.coming.delete(name);
      this.#notice(sandbox, 'machine_not_added', name);
    } finally {
      turns.release(turn);
      this.#changed(sandbox);
    }
  }

  async #takeAway(sandbox: LiveSandbox, name: string): Promise<void> {
    const { engine, turns, work, log, emit } = this.#options;
    try {
      // Closed meanwhile: all of it is removed, behind us.
      if (sandbox.state === 'closed') return;
      const known = sandbox.known.get(name);
      const machine = sandbox.plan.find((planned) => planned.name === name)!;
      sandbox.gone.set(name, machine.generation);
      sandbox.plan = sandbox.plan.filter((planned) => planned !== machine);
      for (const map of [sandbox.known, sandbox.up, sandbox.usage, sandbox.levels]) map.delete(name);
      // From here on nobody owns it: where we end now, the reaper removes it.
      await this.#save(sandbox);
      if (known) emit({ type: 'machine-down', sandbox, ref: known });
      emit({ type: 'machine-removed', sandbox, machine: name });
      this.#notice(sandbox, 'machine_removed', name);
      await work.introduce(sandbox);
      if (known) await engine.removeMachine(known);
      for (const snapshot of await engine.snapshots(sandbox.id))
        if (snapshot.machine === name) await engine.removeSnapshot(sandbox.id, name, snapshot.name);
    } catch (error) {
      log.warn('a machine stayed behind; the reaper will find it', { sandbox: sandbox.id, error });
    } finally {
      sandbox.going.delete(name);
      if (turns.holds(sandbox.id)) turns.giveBack(sandbox.id);
      this.#options.onQueue();
      this.#changed(sandbox);
    }
  }

  async #save(sandbox: LiveSandbox): Promise<void> {
    if (sandbox.isStored)
      await this.#options.table.update(sandbox.id, { machines: recordOf(sandbox).machines });
  }

  #changed(sandbox: LiveSandbox): void {
    this.#options.emit({ type: 'changed', sandbox });
  }

  #notice(sandbox: LiveSandbox, notice: Notice, machine: string): void {
    this.#options.emit({ type: 'notice', sandbox, notice, machine });
  }
}

function demandOwnMachines(sandbox: LiveSandbox): void {
  if (sandbox.lesson)
    throw new SandboxError(
      'machines_fixed',
      'The machines of a lesson are those that it is written for. In the playground you can add and remove them.',
    );
  if (sandbox.state !== 'ready')
    throw new SandboxError(
      'sandbox_not_ready',
      'Machines can be added and removed while the playground is awake.',
    );
}

/** What a machine that is being added is called in the queue; its place goes over to its sandbox. */
function turnOf(sandbox: LiveSandbox, name: string): string {
  return `${sandbox.id} ${name}`;
}
