/** One real machine with its terminals, for tests that need the true holder and a true shell. */
import { randomBytes } from 'node:crypto';
import { openLocalEngine } from '../../engine/local/engine.ts';
import type { Engine, LocalEngineSettings, MachineRef } from '../../engine/contract.ts';
import { systemClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog, type Log } from '../../lib/log.ts';
import type { Sandbox, SandboxEvent, Sandboxes } from '../../sandbox/contract.ts';
import { openTerminals } from '../terminals.ts';

const LIMITS = { memoryBytes: 512 * 1024 ** 2, pids: 500, cpus: 1, diskBytes: 1024 ** 3 };
const SANDBOX_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

export class RealMachine implements AsyncDisposable {
  readonly engine: Engine & AsyncDisposable;
  readonly sandbox = Array.from(randomBytes(8), (byte) => SANDBOX_LETTERS[byte % 32]).join('');
  readonly #events = new Emitter<SandboxEvent>();
  #ref: MachineRef;
  #isUp = true;

  static async open(settings: LocalEngineSettings, log: Log = silentLog): Promise<RealMachine> {
    return new RealMachine(await openLocalEngine(settings, log)).#make();
  }

  private constructor(engine: Engine & AsyncDisposable) {
    this.engine = engine;
    this.#ref = { node: '', sandbox: this.sandbox, machine: 'node1', generation: 0 };
  }

  get ref(): MachineRef {
    return this.#ref;
  }

  key(terminal: string) {
    return { sandbox: this.sandbox, machine: 'node1', terminal };
  }

  /** A new one is what a restarted server has. */
  openTerminals(log: Log = silentLog) {
    return openTerminals({
      engine: this.engine,
      sandboxes: this.#sandboxes,
      secret: 'the same after every restart',
      limits: { terminalsPerMachine: 8 },
      clock: systemClock,
      log,
    });
  }

  async stop(): Promise<void> {
    this.#isUp = false;
    await this.engine.stopMachine(this.#ref);
  }

  async start(): Promise<void> {
    await this.engine.startMachine(this.#ref);
    this.#isUp = true;
    this.#events.emit({ type: 'machine-up', sandbox: this.#sandboxNow(), ref: this.#ref });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.removeMachine(this.#ref);
    await this.engine.removeNetwork(this.sandbox);
    await this.engine[Symbol.asyncDispose]();
  }

  async #make(): Promise<RealMachine> {
    const { sandbox } = this;
    await this.engine.prepareImages([]);
    await this.engine.createNetwork(sandbox);
    this.#ref = await this.engine.createMachine({
      sandbox,
      machine: 'node1',
      generation: 1,
      images: [],
      limits: LIMITS,
    });
    return this;
  }

  get #sandboxes(): Pick<Sandboxes, 'get' | 'on'> {
    return {
      get: (id) => (id === this.sandbox ? this.#sandboxNow() : null),
      on: (listener) => this.#events.on(listener),
    };
  }

  /** Only what the terminal room asks of a sandbox. */
  #sandboxNow(): Sandbox {
    const unused = () => {
      throw new Error('invariant: terminals do not ask a sandbox for this');
    };
    const machines = new Map(this.#isUp ? [['node1', this.#ref]] : []);
    return {
      id: this.sandbox,
      userId: 'user',
      lesson: null,
      seed: this.sandbox,
      state: this.#isUp ? 'ready' : 'asleep',
      machines,
      isPresent: true,
      view: unused,
      enter: unused,
      ready: unused,
    };
  }
}
