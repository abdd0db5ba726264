/** One machine on the test host for a test file, made and removed as the product does it. */
import type { Engine, MachineRef, RunResult } from '../../../engine/contract.ts';
import { openLocalEngine } from '../../../engine/local/engine.ts';
import { silentLog } from '../../../lib/log.ts';
import { openTestHost } from '../../testing/test-host.ts';

const LIMITS = { memoryBytes: 1024 ** 3, pids: 1000, cpus: 2, diskBytes: 2 * 1024 ** 3 };

export class OpenMachine {
  readonly engine: Engine & AsyncDisposable;
  readonly ref: MachineRef;
  readonly #sandbox: string;

  private constructor(engine: Engine & AsyncDisposable, ref: MachineRef) {
    this.engine = engine;
    this.ref = ref;
    this.#sandbox = ref.sandbox;
  }

  static async open(sandbox: string, images: string[]): Promise<OpenMachine> {
    const host = await openTestHost();
    const engine = await openLocalEngine(host.engine, silentLog);
    await engine.prepareImages(images);
    const machine = 'node1';
    const generation = 1;
    // A run that was broken off may have left its own.
    await engine.removeMachine({ node: host.engine.instance, sandbox, machine, generation });
    await engine.removeNetwork(sandbox);
    await engine.createNetwork(sandbox);
    const ref = await engine.createMachine({ sandbox, machine, generation, images, limits: LIMITS });
    return new OpenMachine(engine, ref);
  }

  /** Runs a bash script inside, with its two streams joined. */
  async run(script: string, timeoutMs = 60_000): Promise<RunResult> {
    return this.engine.run(this.ref, { command: ['bash', '-c', `exec 2>&1; ${script}`], timeoutMs });
  }

  /** What a script that must succeed printed, trimmed. */
  async says(script: string, timeoutMs?: number): Promise<string> {
    const { code, stdout } = await this.run(script, timeoutMs);
    if (code !== 0) throw new Error(`${script}\nfailed with code ${code}:\n${stdout}`);
    return stdout.trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.removeMachine(this.ref);
    await this.engine.removeNetwork(this.#sandbox);
    await this.engine[Symbol.asyncDispose]();
  }
}
