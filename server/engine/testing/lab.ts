/** A place for tests on the real engine: makes machines on the tests' own host and leaves none behind. */
import Docker from 'dockerode';
import { openTestHost } from '#server/host/testing/test-host.ts';
import { newShortId } from '#server/lib/short-id.ts';
import { silentLog } from '../../lib/log.ts';
import type {
  Engine,
  ExecRequest,
  LocalEngineSettings,
  MachineKind,
  MachineLimits,
  MachineRef,
  SnapshotKey,
} from '../contract.ts';
import { openLocalEngine } from '../local/engine.ts';
import { containerName } from '../local/labels.ts';

export const MIB = 1024 * 1024;

export const LIMITS: MachineLimits = {
  memoryBytes: 512 * MIB,
  pids: 600,
  cpus: 1,
  diskBytes: 300 * MIB,
};

type MachineOptions = { kind?: MachineKind; images?: string[]; limits?: Partial<MachineLimits> };

export class Lab implements AsyncDisposable {
  readonly settings: LocalEngineSettings;
  readonly engine: Engine & AsyncDisposable;
  /** The outer engine itself, to look behind the contract. */
  readonly docker: Docker;

  constructor(settings: LocalEngineSettings, engine: Engine & AsyncDisposable) {
    this.settings = settings;
    this.engine = engine;
    this.docker = new Docker({ socketPath: settings.socketPath });
  }

  /** A new sandbox with one machine. */
  async machine(options: MachineOptions = {}): Promise<Machine> {
    const sandbox = newShortId(() => false);
    await this.engine.createNetwork(sandbox);
    return this.machineIn(sandbox, 'node1', options);
  }

  async machineIn(
    sandbox: string,
    name: string,
    options: MachineOptions & { generation?: number; snapshot?: SnapshotKey } = {},
  ): Promise<Machine> {
    const { images = [], kind = 'docker' } = options;
    await this.engine.prepareImages(images, { kind });
    const limits = { ...LIMITS, ...options.limits };
    const ref = await this.engine.createMachine({
      sandbox,
      machine: name,
      generation: options.generation ?? 1,
      kind,
      images,
      limits,
      snapshot: options.snapshot,
    });
    return new Machine(this, ref);
  }

  /** Removes whatever a test left, or one that was broken off. */
  async clear(): Promise<void> {
    for (const { ref } of await this.engine.machines()) await this.engine.removeMachine(ref);
    for (const sandbox of await this.engine.remains()) await this.engine.removeNetwork(sandbox);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clear();
    await this.engine[Symbol.asyncDispose]();
  }
}

export class Machine {
  readonly #lab: Lab;
  readonly ref: MachineRef;

  constructor(lab: Lab, ref: MachineRef) {
    this.#lab = lab;
    this.ref = ref;
  }

  get container(): Docker.Container {
    return this.#lab.docker.getContainer(containerName(this.#lab.settings.instance, this.ref));
  }

  async address(): Promise<string> {
    const { NetworkSettings } = await this.container.inspect();
    return Object.values(NetworkSettings.Networks)[0]!.IPAddress;
  }

  /** Runs a line of shell as the learner would, and tells code and all output. */
  async tries(line: string, options: Partial<ExecRequest> & { timeoutMs?: number } = {}) {
    const { code, stdout, stderr } = await this.#lab.engine.run(this.ref, {
      command: ['bash', '-c', line],
      asLearner: true,
      timeoutMs: 60_000,
      ...options,
    });
    return { code, output: `${stdout}${stderr}` };
  }

  /** Like `tries`, but it must succeed; answers what it printed. */
  async runs(line: string, options: Partial<ExecRequest> & { timeoutMs?: number } = {}): Promise<string> {
    const { code, output } = await this.tries(line, options);
    if (code !== 0) throw new Error(`\`${line}\` ended with ${code}: ${output}`);
    return output.trim();
  }
}

export async function openLab(): Promise<Lab> {
  const host = await openTestHost();
  const lab = new Lab(host.engine, await openLocalEngine(host.engine, silentLog));
  await lab.clear();
  return lab;
}
