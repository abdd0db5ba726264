/** Which terminals each machine has, up to a limit, and how far their commands have been told. */
import { TerminalError, type TerminalKey } from './contract.ts';

export class TerminalNames {
  readonly #limit: number;
  /** `sandbox/machine` → terminal → offset up to which its commands were told; undefined while nobody knows. */
  readonly #machines = new Map<string, Map<string, number | undefined>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Throws TerminalError `too_many_terminals`. Fine when it is known already. */
  add(key: TerminalKey): void {
    const id = machineId(key.sandbox, key.machine);
    const terminals = this.#machines.get(id) ?? new Map<string, number | undefined>();
    if (terminals.has(key.terminal)) return;
    if (terminals.size >= this.#limit)
      throw new TerminalError('too_many_terminals', `A machine has at most ${this.#limit} terminals.`);
    terminals.set(key.terminal, undefined);
    this.#machines.set(id, terminals);
  }

  remove(key: TerminalKey): void {
    const id = machineId(key.sandbox, key.machine);
    const terminals = this.#machines.get(id);
    terminals?.delete(key.terminal);
    if (terminals?.size === 0) this.#machines.delete(id);
  }

  /** @param machine left out: of all its machines */
  removeAll(sandbox: string, machine?: string): void {
    if (machine !== undefined) return void this.#machines.delete(machineId(sandbox, machine));
    for (const id of this.#machines.keys()) if (id.startsWith(`${sandbox}/`)) this.#machines.delete(id);
  }

  of(sandbox: string, machine: string): string[] {
    return [...(this.#machines.get(machineId(sandbox, machine))?.keys() ?? [])];
  }

  toldTo(key: TerminalKey): number | undefined {
    return this.#machines.get(machineId(key.sandbox, key.machine))?.get(key.terminal);
  }

  setToldTo(key: TerminalKey, offset: number): void {
    const terminals = this.#machines.get(machineId(key.sandbox, key.machine));
    if (terminals?.has(key.terminal)) terminals.set(key.terminal, offset);
  }
}

function machineId(sandbox: string, machine: string): string {
  return `${sandbox}/${machine}`;
}
