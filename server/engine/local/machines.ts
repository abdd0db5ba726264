/** The life of machines on this host: made, started, handed over, stopped, removed. */
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import type { Log } from '../../lib/log.ts';
import {
  EngineError,
  type ExecRequest,
  type MachineKind,
  type MachineLimits,
  type MachineRecord,
  type MachineRef,
  type RunResult,
} from '../contract.ts';
import { findMachineGroups, type MachineGroups } from './cgroup-paths.ts';
import { handOver, thaw } from './cgroups.ts';
import { containerOptions } from './container-options.ts';
import type { DiskOrigin, Disks } from './disks.ts';
import { statusOf, translated, unless } from './errors.ts';
import { startProcess, type StartedProcess } from './exec.ts';
import { KeyedLock } from '../../lib/keyed-lock.ts';
import { containerName, diskName, LABELS, lifeOfDisk, LOCAL_NODE, refOfLabels } from './labels.ts';
import type { Names } from './names.ts';
import type { Networks } from './networks.ts';
import { runToEnd } from './run.ts';

const AGENT = '/usr/local/lib/drydock/agent';
const READY_TIMEOUT_MS = 30_000;
/** Exit code of `agent ready`: no engine is installed, or the learner stopped or broke it; the machine is fine. */
const READY_GIVEN_UP = 2;
/** Exit code that the outer engine gives a process which runc could not start. */
const CANNOT_START = 126;
const READY_ATTEMPTS = 40;
const READY_AGAIN_MS = 25;
/** Shells save their scrollback and containers end within 2.5 s; then what is left is killed. */
const STOP_TIMEOUT_S = 5;

export type MachinesOptions = {
  docker: Docker;
  instance: string;
  image: string;
  runtime: string | null;
  seccompProfile: string;
  appArmor: boolean;
  openFilesMax: number;
  mappedUid: number;
  dns: string;
  disks: Disks;
  networks: Networks;
  names: Names;
  log: Log;
};

export type NewMachine = {
  origin: DiskOrigin;
  kind: MachineKind;
  limits: MachineLimits;
};

export class Machines {
  readonly #options: MachinesOptions;
  readonly #docker: Docker;
  readonly #turn = new KeyedLock();

  constructor(options: MachinesOptions) {
    this.#options = options;
    this.#docker = options.docker;
  }

  create(ref: MachineRef, { origin, kind, limits }: NewMachine): Promise<void> {
    return this.#alone(ref, `Making ${nameIn(ref)}`, async () => {
      await this.#removeLife(ref);
      // First: as long as there is none, the machine's life before this one is all that there is of it.
      const disk = await this.#options.disks.make(diskName(ref), origin, limits.diskBytes);
      try {
        await this.#removeLives(ref, (generation) => generation !== ref.generation);
        await this.#make(ref, disk, limits);
        await this.#start(ref, kind === 'bare' ? 'may be missing' : 'must answer');
      } catch (error) {
        // Half a machine helps nobody; if this fails too, the reaper finds it.
        await this.#removeLife(ref).catch((cause: unknown) =>
          this.#options.log.warn('half a machine stayed behind', { machine: nameIn(ref), error: cause }),
        );
        throw error;
      }
    });
  }

  start(ref: MachineRef): Promise<void> {
    return this.#alone(ref, `Starting ${nameIn(ref)}`, async () => {
      await this.#inspect(ref);
      try {
        await this.#start(ref, 'may be missing');
      } catch (error) {
        // The machine is there: "not found" means its network or image, and must not be taken for its own end.
        if (statusOf(error) !== 404) throw error;
        throw new EngineError('machine_unreachable', `${nameIn(ref)} lacks what it stands on.`, {
          cause: error,
        });
      }
    });
  }

  stop(ref: MachineRef): Promise<void> {
    return this.#alone(ref, `Stopping ${nameIn(ref)}`, async () => {
      const state = await this.#inspect(ref);
      if (!state.State.Running) return;
      await this.#thaw(state);
      await unless([304], () => this.#container(ref).stop({ t: STOP_TIMEOUT_S }));
    });
  }

  remove(ref: MachineRef): Promise<void> {
    return this.#alone(ref, `Removing ${nameIn(ref)}`, () => this.#removeLife(ref));
  }

  /** Removes the disks of a sandbox that no machine uses any more. */
  removeDisks(sandbox: string): Promise<void> {
    return translated(`Removing the disks of ${sandbox}`, async () => {
      for (const name of await this.#options.disks.list()) {
        const life = lifeOfDisk(name);
        if (life?.sandbox === sandbox) await this.remove({ node: LOCAL_NODE, ...life });
      }
    });
  }

  async exec(ref: MachineRef, request: ExecRequest): Promise<StartedProcess> {
    const container = { id: containerName(this.#options.instance, ref), name: nameIn(ref) };
    const thawNow = async () => {
      this.#options.log.warn('a machine did not start a process; thawing it', { machine: nameIn(ref) });
      await this.#thaw(await this.#inspect(ref));
    };
    return startProcess(this.#docker, container, request, () =>
      translated(`Thawing ${nameIn(ref)}`, thawNow),
    );
  }

  /** Control groups and limits of a machine that runs. */
  async look(
    ref: MachineRef,
  ): Promise<{ groups: MachineGroups; memoryLimitBytes: number; diskLimitBytes: number }> {
    const { Id, State, HostConfig, Config } = await this.#inspect(ref);
    if (!State.Running) throw new EngineError('machine_unreachable', `${nameIn(ref)} is stopped.`);
    return {
      groups: await findMachineGroups(State.Pid, Id),
      memoryLimitBytes: HostConfig.Memory ?? 0,
      diskLimitBytes: Number(Config.Labels[LABELS.disk] ?? 0),
    };
  }

  list(): Promise<MachineRecord[]> {
    return translated('Listing machines', async () => {
      const containers = await this.#docker.listContainers({
        all: true,
        filters: { label: [`${LABELS.instance}=${this.#options.instance}`] },
      });
      return containers.flatMap(({ Labels, State }) => {
        const ref = refOfLabels(Labels);
        return ref ? [{ ref, running: State === 'running' }] : [];
      });
    });
  }

  /** One machine's verbs run one after another; different machines do not wait for each other. */
  #alone<Value>(ref: MachineRef, what: string, work: () => Promise<Value>): Promise<Value> {
    return this.#turn.run(nameIn(ref), () => translated(what, work));
  }

  #container(ref: MachineRef): Docker.Container {
    return this.#docker.getContainer(containerName(this.#options.instance, ref));
  }

  #inspect(ref: MachineRef): Promise<ContainerInspectInfo> {
    return translated(`Looking at ${nameIn(ref)}`, () => this.#container(ref).inspect());
  }

  async #make(ref: MachineRef, disk: string, limits: MachineLimits): Promise<void> {
    const { networks, docker, ...rest } = this.#options;
    const address = networks.addressOf(ref.sandbox, ref.machine);
    const network = networks.nameOf(ref.sandbox);
    await docker.createContainer(containerOptions({ ...rest, ref, limits, disk, network, address }));
  }

  async #start(ref: MachineRef, engine: 'must answer' | 'may be missing'): Promise<void> {
    const { networks, names, mappedUid, log } = this.#options;
    await names.add(ref.sandbox, ref.machine, networks.addressOf(ref.sandbox, ref.machine));
    await unless([304], () => this.#container(ref).start());
    const { State, Id } = await this.#inspect(ref);
    // After every start: a new container group belongs to the host again, and the init waits for it.
    await handOver(await findMachineGroups(State.Pid, Id), mappedUid);
    await networks.guard(ref.sandbox);
    const { code, stdout, stderr } = await this.#waitReady(ref);
    if (code === 0) return;
    if (code === READY_GIVEN_UP && engine === 'may be missing') {
      log.info('a machine is up without its engine', { machine: nameIn(ref) });
      return;
    }
    const said = `${stdout}${stderr}`.trim() || (await this.#lastWords(ref));
    throw new EngineError(
      'machine_unreachable',
      `The engine in ${nameIn(ref)} does not answer (${code}): ${said}`,
    );
  }

  async #waitReady(ref: MachineRef): Promise<RunResult> {
    for (let attempt = 1; ; attempt++) {
      const ready = await this.exec(ref, { command: [AGENT, 'ready', String(READY_TIMEOUT_MS)] });
      const result = await runToEnd(ready, { timeoutMs: READY_TIMEOUT_MS + 5_000 });
      // runc refuses a process in the very moment in which the init changes the machine's root.
      if (result.code !== CANNOT_START || attempt >= READY_ATTEMPTS) return result;
      await pause(READY_AGAIN_MS);
    }
  }

  /** What the machine's init said last; it helps whoever reads the log. */
  async #lastWords(ref: MachineRef): Promise<string> {
    const logs = await this.#container(ref).logs({ stdout: true, stderr: true, tail: 20 });
    return logs
      .toString('utf8')
      .replaceAll(/[^\x20-\x7e\n]/g, '')
      .slice(-2000)
      .trim();
  }

  async #thaw(state: ContainerInspectInfo): Promise<void> {
    if (!state.State.Running) return;
    await thaw(await findMachineGroups(state.State.Pid, state.Id));
  }

  /** Generations of the machine, finished or half made. */
  async #removeLives(ref: MachineRef, isOld: (generation: number) => boolean): Promise<void> {
    const containers = await this.#docker.listContainers({
      all: true,
      filters: {
        label: [
          `${LABELS.instance}=${this.#options.instance}`,
          `${LABELS.sandbox}=${ref.sandbox}`,
          `${LABELS.machine}=${ref.machine}`,
        ],
      },
    });
    const lives = containers.flatMap(({ Labels }) => refOfLabels(Labels) ?? []);
    const disks = (await this.#options.disks.list()).flatMap((name) => lifeOfDisk(name) ?? []);
    const left = disks.filter(({ sandbox, machine }) => sandbox === ref.sandbox && machine === ref.machine);
    const generations = new Set([...lives, ...left].map(({ generation }) => generation));
    for (const generation of generations)
      if (isOld(generation)) await this.#removeLife({ ...ref, generation });
  }

  async #removeLife(ref: MachineRef): Promise<void> {
    const state = await this.#container(ref)
      .inspect()
      .catch(() => null);
    // Frozen processes of cgroup v1 do not even die.
    if (state) await this.#thaw(state).catch(() => undefined);
    await unless([404], () => this.#container(ref).remove({ force: true, v: true }));
    await this.#options.disks.remove(diskName(ref));
  }
}

function nameIn(ref: MachineRef): string {
  return `${ref.machine} of ${ref.sandbox}`;
}
