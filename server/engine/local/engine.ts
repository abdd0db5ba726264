/** The engine on this host: the contract's verbs, each handed to the part that knows how. */
import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';
import {
  EngineError,
  type Engine,
  type EngineChange,
  type EngineDescription,
  type ExecRequest,
  type ImagesProgress,
  type LocalEngineSettings,
  type MachineKind,
  type MachineRecord,
  type MachineRef,
  type MachineSpec,
  type MachineUsage,
  type NodeState,
  type RunResult,
  type SnapshotRecord,
  type SnapshotTaken,
} from '../contract.ts';
import type { Log } from '../../lib/log.ts';
import { readUse } from './cgroups.ts';
import { watchChanges } from './changes.ts';
import { dialPort, endsWell, throughProcess } from './dial.ts';
import { Disks, plainDirectories, type DiskOrigin } from './disks.ts';
import { toEngineError, translated } from './errors.ts';
import type { StartedProcess } from './exec.ts';
import { GoldenBuilder } from './golden-builder.ts';
import { GoldenDisks } from './golden.ts';
import { diskName, lifeOfDisk, LOCAL_NODE } from './labels.ts';
import { Machines } from './machines.ts';
import { Names } from './names.ts';
import { Networks } from './networks.ts';
import { runToEnd, type RunOptions } from './run.ts';
import { Snapshots } from './snapshots.ts';
import { Subvolumes } from './subvolumes.ts';

const AGENT = '/usr/local/lib/drydock/agent';
/** So long one process waits in a machine for somebody to listen; then another one takes its place. */
const AWAIT_MS = 10 * 60_000;
/** What an inner engine asks for (its init script too); the outer engine refuses more than its own hard limit. */
const OPEN_FILES_MAX = 1_048_576;

export async function openLocalEngine(
  settings: LocalEngineSettings,
  log: Log,
): Promise<Engine & AsyncDisposable> {
  const docker = new Docker({ socketPath: settings.socketPath });
  const outer = await translated('Asking the outer engine about itself', () => docker.info());
  const security: string[] = outer.SecurityOptions ?? [];
  if (!security.some((option) => option.includes('name=userns')))
    throw new EngineError(
      'unsuitable_engine',
      'The outer Docker Engine runs without userns-remap: root in a machine would be root on this host. ' +
        'Start dockerd with "userns-remap": "default", or leave DRYDOCK_ENGINE unset.',
    );
  const maker = settings.quota ? await Subvolumes.open(settings.poolDirectory, log) : plainDirectories;
  const disks = new Disks({ pool: settings.poolDirectory, uid: settings.mappedUid, maker });
  await disks.open();
  const networks = new Networks(docker, settings);
  await networks.open();
  const names = new Names({ directory: settings.dnsHostsDirectory, pidFile: settings.dnsPidFile, log });
  const golden = new GoldenDisks(disks, [settings.machineImage, settings.catalogDigest]);
  await golden.open();
  const machines = new Machines({
    docker,
    instance: settings.instance,
    image: settings.machineImage,
    runtime: settings.runtime,
    seccompProfile: settings.seccompProfile,
    appArmor: security.some((option) => option.includes('name=apparmor')),
    openFilesMax: Math.min(OPEN_FILES_MAX, await ownOpenFilesMax()),
    mappedUid: settings.mappedUid,
    dns: settings.serviceAddress,
    disks,
    networks,
    names,
    log,
  });
  return new LocalEngine({ settings, docker, disks, networks, names, golden, machines, log });
}

/** The set-up starts the outer engine with our own limits. */
async function ownOpenFilesMax(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === 'unlimited' ? OPEN_FILES_MAX : Number(hard ?? 1024);
}

type Parts = {
  settings: LocalEngineSettings;
  docker: Docker;
  disks: Disks;
  networks: Networks;
  names: Names;
  golden: GoldenDisks;
  machines: Machines;
  log: Log;
};

class LocalEngine implements Engine, AsyncDisposable {
  readonly #parts: Parts;
  readonly #builder: GoldenBuilder;
  readonly #snapshots: Snapshots;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#snapshots = new Snapshots(parts.disks);
    this.#builder = new GoldenBuilder(parts.machines, parts.networks, (sandbox) =>
      this.removeNetwork(sandbox),
    );
  }

  async describe(): Promise<EngineDescription> {
    const { settings, docker } = this.#parts;
    // Asked each time: it is also how others learn that the engine is there.
    const { Version } = await translated('Asking the outer engine about itself', () => docker.version());
    return { version: Version, quota: settings.quota, snapshots: settings.quota, survivesRestart: true };
  }

  async nodes(): Promise<NodeState[]> {
    const [machines, room, memory] = await Promise.all([
      this.machines(),
      this.#parts.disks.room(),
      readFile('/proc/meminfo', 'utf8'),
    ]);
    const bytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(memory)?.[1] ?? 0) * 1024;
    return [
      {
        name: LOCAL_NODE,
        machinesRunning: machines.filter(({ running }) => running).length,
        memoryTotalBytes: bytes('MemTotal'),
        memoryFreeBytes: bytes('MemAvailable'),
        diskTotalBytes: room.totalBytes,
        diskFreeBytes: room.freeBytes,
      },
    ];
  }

  prepareImages(
    images: readonly string[],
    { kind = 'docker', progress }: { kind?: MachineKind; progress?: ImagesProgress } = {},
  ): Promise<void> {
    return translated('Preparing images', () =>
      this.#parts.golden.prepare({ kind, images }, (...work) => this.#builder.build(...work), progress),
    );
  }

  createNetwork(sandbox: string): Promise<void> {
    return translated(`Making the network of ${sandbox}`, () => this.#parts.networks.create(sandbox));
  }

  removeNetwork(sandbox: string): Promise<void> {
    return translated(`Removing the network of ${sandbox}`, async () => {
      await this.#parts.machines.removeDisks(sandbox);
      await this.#snapshots.removeAll(sandbox);
      await this.#parts.names.remove(sandbox);
      await this.#parts.networks.remove(sandbox);
    });
  }

  async createMachine(spec: MachineSpec): Promise<MachineRef> {
    const { sandbox, machine, generation, kind = 'docker' } = spec;
    const ref = { node: LOCAL_NODE, sandbox, machine, generation };
    const origin = await this.#originOf(spec);
    await this.#parts.machines.create(ref, { origin, kind, limits: spec.limits });
    return ref;
  }

  async #originOf(spec: MachineSpec): Promise<DiskOrigin> {
    const { kind = 'docker', images, snapshot } = spec;
    if (snapshot) return { snapshot: await this.#snapshots.find(spec.machine, snapshot) };
    const golden = this.#parts.golden.find({ kind, images });
    if (golden !== null) return { golden };
    throw new EngineError('image_unknown', `The image set [${images.join(', ')}] is not prepared.`);
  }

  startMachine(ref: MachineRef): Promise<void> {
    return this.#parts.machines.start(ref);
  }

  stopMachine(ref: MachineRef): Promise<void> {
    return this.#parts.machines.stop(ref);
  }

  async removeMachine(ref: MachineRef): Promise<void> {
    await this.#parts.machines.remove(ref);
    // Another life of the machine bears the same name, at the same address.
    const lives = (await this.#parts.machines.list()).filter(
      (other) => other.ref.sandbox === ref.sandbox && other.ref.machine === ref.machine,
    );
    if (lives.length === 0) await this.#parts.names.removeMachine(ref.sandbox, ref.machine);
  }

  takeSnapshot(
    ref: MachineRef,
    name: string,
    { sandbox = ref.sandbox }: { sandbox?: string } = {},
  ): Promise<SnapshotTaken> {
    return translated(`Keeping ${ref.machine} of ${ref.sandbox} as it is`, () =>
      this.#snapshots.take(ref, { sandbox, name }),
    );
  }

  snapshots(sandbox: string): Promise<SnapshotRecord[]> {
    return translated(`Listing the snapshots of ${sandbox}`, () => this.#snapshots.list(sandbox));
  }

  removeSnapshot(sandbox: string, machine: string, name: string): Promise<void> {
    return translated(`Removing a snapshot of ${sandbox}`, () =>
      this.#snapshots.remove(sandbox, machine, name),
    );
  }

  limitDisk(ref: MachineRef, bytes: number): Promise<void> {
    return translated(`Bounding the disk of ${ref.machine} of ${ref.sandbox}`, () =>
      this.#parts.disks.limit(diskName(ref), bytes),
    );
  }

  exec(ref: MachineRef, request: ExecRequest): Promise<StartedProcess> {
    return this.#parts.machines.exec(ref, request);
  }

  async run(ref: MachineRef, request: ExecRequest & RunOptions): Promise<RunResult> {
    return runToEnd(await this.exec(ref, request), request);
  }

  async dial(ref: MachineRef, target: { port: number } | { socket: string }): Promise<Duplex> {
    if ('socket' in target)
      return throughProcess(await this.exec(ref, { command: [AGENT, 'dial', `unix:${target.socket}`] }));
    // Also refuses a stale reference: the address would be that of the machine's next life.
    await this.#parts.machines.look(ref);
    return dialPort(this.#parts.networks.addressOf(ref.sandbox, ref.machine), target.port);
  }

  async listens(ref: MachineRef, { socket }: { socket: string }, signal: AbortSignal): Promise<boolean> {
    const command = [AGENT, 'await', `unix:${socket}`, String(AWAIT_MS)];
    return endsWell(await this.exec(ref, { command }), signal);
  }

  machineAt(address: string): { sandbox: string; machine: string } | null {
    return this.#parts.networks.machineAt(address);
  }

  async usage(ref: MachineRef): Promise<MachineUsage> {
    const { machines, disks } = this.#parts;
    try {
      const { groups, ...limits } = await machines.look(ref);
      const [use, disk] = await Promise.all([readUse(groups), disks.use(diskName(ref))]);
      return { ...use, diskBytes: disk.bytes, ownDiskBytes: disk.ownBytes, ...limits };
    } catch (error) {
      throw toEngineError(error, `Measuring ${ref.machine} of ${ref.sandbox}`);
    }
  }

  async machines(): Promise<MachineRecord[]> {
    const all = await this.#parts.machines.list();
    return all.filter(({ ref }) => !this.#builder.isAtWork(ref.sandbox));
  }

  async remains(): Promise<string[]> {
    const { machines, networks, names, disks } = this.#parts;
    const [records, nets, named, onDisk, kept] = await translated('Looking for remains', () =>
      Promise.all([
        machines.list(),
        networks.sandboxes(),
        names.sandboxes(),
        disks.list(),
        this.#snapshots.sandboxes(),
      ]),
    );
    const owners = onDisk.flatMap((name) => lifeOfDisk(name)?.sandbox ?? []);
    const all = new Set([...records.map(({ ref }) => ref.sandbox), ...nets, ...named, ...owners, ...kept]);
    return [...all].filter((sandbox) => !this.#builder.isAtWork(sandbox));
  }

  watch(signal: AbortSignal): AsyncIterable<EngineChange> {
    const { docker, settings, log } = this.#parts;
    return watchChanges({
      docker,
      instance: settings.instance,
      list: () => this.machines(),
      isHidden: (sandbox) => this.#builder.isAtWork(sandbox),
      signal,
      log,
    });
  }

  /** Machines live on: only what this process holds is let go. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disks.close();
  }
}
