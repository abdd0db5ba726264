/** A sandbox with one machine in memory, and its shells' holders. */
import { EngineError, type Engine, type ExecProcess, type MachineRef } from '../../engine/contract.ts';
import { FakeClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog } from '../../lib/log.ts';
import type { Sandbox, SandboxEvent, Sandboxes } from '../../sandbox/contract.ts';
import { PassThrough } from 'node:stream';
import { openTerminals } from '../terminals.ts';
import { FakeHolder } from './fake-holder.ts';

export const SANDBOX = 'abcdefgh';
export const KEY = { sandbox: SANDBOX, machine: 'node1', terminal: '1' };

export class FakeMachine {
  readonly clock = new FakeClock();
  /** By terminal name. A shell that exits takes its holder along; the next exec makes a new one. */
  readonly holders = new Map<string, FakeHolder>();
  /** Every exec's command and environment, in order. */
  readonly execs: { command: string; nonce: string | undefined }[] = [];
  readonly #events = new Emitter<SandboxEvent>();
  #ref: MachineRef | null = { node: 'local', sandbox: SANDBOX, machine: 'node1', generation: 1 };
  #state: Sandbox['state'] = 'ready';

  get sandboxes(): Pick<Sandboxes, 'get' | 'on'> {
    return {
      get: (id) => (id === SANDBOX && this.#state !== 'closed' ? this.#sandbox() : null),
      on: (listener) => this.#events.on(listener),
    };
  }

  get engine(): Pick<Engine, 'exec' | 'run'> {
    return {
      exec: async (_, { command, env }) => this.#exec(command, env),
      run: async (_, { command, env }) => {
        this.#note(command, env);
        this.holder(command[2]);
        return { code: 0, stdout: '', stderr: '' };
      },
    };
  }

  openTerminals(limits = { terminalsPerMachine: 8 }) {
    const { engine, sandboxes, clock } = this;
    return openTerminals({ engine, sandboxes, secret: 'secret', limits, clock, log: silentLog });
  }

  /** The holder of a terminal's shell; made when there is none. */
  holder(terminal = '1'): FakeHolder {
    const holder = this.holders.get(terminal) ?? new FakeHolder();
    this.holders.set(terminal, holder);
    return holder;
  }

  /** Sandbox asleep or machine crashed: every connection ends; what holders kept stays. */
  stop(): void {
    this.#ref = null;
    for (const holder of this.holders.values()) holder.disconnect();
  }

  start(generation = 1): void {
    const ref = { node: 'local', sandbox: SANDBOX, machine: 'node1', generation };
    this.#ref = ref;
    this.#events.emit({ type: 'machine-up', sandbox: this.#sandbox(), ref });
  }

  /** The learner has taken this machine away. */
  remove(machine: string): void {
    this.#events.emit({ type: 'machine-removed', sandbox: this.#sandbox(), machine });
  }

  closeSandbox(): void {
    this.#state = 'closed';
    this.#events.emit({ type: 'changed', sandbox: this.#sandbox() });
  }

  #exec(command: readonly string[], env?: Readonly<Record<string, string>>): ExecProcess {
    if (!this.#ref) throw new EngineError('machine_unreachable', 'The machine is stopped.');
    this.#note(command, env);
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const { promise: exit, resolve } = Promise.withResolvers<number>();
    this.holder(command[2]).connect({
      stdin,
      stdout,
      exit: (code) => {
        stdout.end();
        resolve(code);
      },
    });
    return { stdin, stdout, stderr, exit, close: () => void stdin.end() };
  }

  #note(command: readonly string[], env?: Readonly<Record<string, string>>): void {
    this.execs.push({ command: command.join(' '), nonce: env?.DRYDOCK_NONCE });
  }

  /** Only what the terminal room asks of a sandbox. */
  #sandbox(): Sandbox {
    const machines = new Map(this.#ref ? [['node1', this.#ref]] : []);
    const unused = () => {
      throw new Error('invariant: terminals do not ask a sandbox for this');
    };
    return {
      id: SANDBOX,
      userId: 'user',
      lesson: null,
      seed: SANDBOX,
      state: this.#state,
      machines,
      isPresent: true,
      view: unused,
      enter: unused,
      ready: unused,
    };
  }
}
