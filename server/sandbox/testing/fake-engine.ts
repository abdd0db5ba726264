/** An engine that lives in memory: unit tests make machines with it, let them die, and answer their execs by hand. */
import { PassThrough, type Duplex, type Readable, type Writable } from 'node:stream';
import {
  EngineError,
  type Engine,
  type EngineChange,
  type EngineDescription,
  type ExecProcess,
  type ExecRequest,
  type ImagesProgress,
  type MachineKind,
  type MachineRecord,
  type MachineRef,
  type MachineSpec,
  type MachineUsage,
  type NodeState,
  type RunResult,
  type SnapshotKey,
  type SnapshotRecord,
  type SnapshotTaken,
} from '../../engine/contract.ts';
import { Emitter } from '../../lib/emitter.ts';
import { FakeSwitches } from './fake-switches.ts';

/** One process as its inside sees it: `stdin` is what the caller wrote, `stdout` is what the caller will read. */
export type FakeProcess = {
  ref: MachineRef;
  request: ExecRequest;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  exit(code: number): void;
};

type FakeMachine = { ref: MachineRef; spec: MachineSpec; running: boolean; starts: number };
type DialTarget = { port: number } | { socket: string };

export class FakeEngine implements Engine {
  readonly machinesMade = new Map<string, FakeMachine>();
  readonly networks = new Set<string>();
  /** `abcdefgh/node1@name` → the life it was taken of. */
  readonly snapshotsMade = new Map<string, MachineRef>();
  /** Image sets that are prepared, as sorted names joined by commas. */
  readonly prepared = new Set<string>();
  readonly unknownImages = new Set<string>();
  /** Machines by the address from which they speak. */
  readonly addresses = new Map<string, { sandbox: string; machine: string }>();
  /** What each machine may write, where that was set anew. */
  readonly diskLimits = new Map<string, number>();
  /** What each disk holds in the moment before it is kept. */
  taken: SnapshotTaken = { diskBytes: 1e6, ownDiskBytes: 1e5 };
  readonly usages = new Map<string, Partial<MachineUsage>>();
  /** What goes wrong or waits: `engine.switches.fail('createMachine', …)`, `.hold('startMachine')`. */
  readonly switches = new FakeSwitches();
  readonly #changes = new Emitter<EngineChange>();
  #onExec: (process: FakeProcess) => void = (process) => process.exit(0);
  #onDial: (ref: MachineRef, target: DialTarget) => Duplex = () => {
    throw new EngineError('machine_unreachable', 'Nothing listens there.');
  };

  /** Every exec from now on is played by `handler`; until then each ends at once with code 0. */
  onExec(handler: (process: FakeProcess) => void): void {
    this.#onExec = handler;
  }

  onDial(handler: (ref: MachineRef, target: DialTarget) => Duplex): void {
    this.#onDial = handler;
  }

  /** The machine stops without having been asked to; `late`: the list shows it only when `land` is called. */
  die(ref: MachineRef, outOfMemory = false, late = false): { land: () => void } {
    const machine = this.#machine(ref);
    const land = () => void (machine.running = false);
    if (!late) land();
    this.#changes.emit({ type: 'stopped', ref: machine.ref, outOfMemory });
    return { land };
  }

  /** The engine lost and found its stream of changes: watchers get a new full list. */
  reconnect(): void {
    this.#changes.emit({ type: 'machines', machines: this.#records() });
  }

  running(): MachineRef[] {
    return [...this.machinesMade.values()].filter(({ running }) => running).map(({ ref }) => ref);
  }

  async describe(): Promise<EngineDescription> {
    return { version: 'fake', quota: true, snapshots: true, survivesRestart: true };
  }

  async nodes(): Promise<NodeState[]> {
    const room = { memoryTotalBytes: 16e9, memoryFreeBytes: 8e9, diskTotalBytes: 64e9, diskFreeBytes: 32e9 };
    return [{ name: 'local', machinesRunning: this.running().length, ...room }];
  }

  async prepareImages(
    images: readonly string[],
    { kind = 'docker', progress }: { kind?: MachineKind; progress?: ImagesProgress } = {},
  ): Promise<void> {
    await this.switches.pass('prepareImages', images.join(','));
    const missing = images.find((image) => this.unknownImages.has(image));
    if (missing) throw new EngineError('image_unknown', `The catalog has no ${missing}.`);
    images.forEach((image, index) => progress?.({ done: index + 1, total: images.length, image }));
    this.prepared.add(setName(images, kind));
  }

  async createNetwork(sandbox: string): Promise<void> {
    await this.switches.pass('createNetwork', sandbox);
    this.networks.add(sandbox);
  }

  async removeNetwork(sandbox: string): Promise<void> {
    await this.switches.pass('removeNetwork', sandbox);
    this.networks.delete(sandbox);
    for (const name of this.snapshotsMade.keys())
      if (name.startsWith(`${sandbox}/`)) this.snapshotsMade.delete(name);
  }

  async createMachine(spec: MachineSpec): Promise<MachineRef> {
    await this.switches.pass('createMachine', `${spec.sandbox}/${spec.machine}`);
    if (!this.networks.has(spec.sandbox)) throw new EngineError('machine_unknown', 'There is no network.');
    if (!spec.snapshot && !this.prepared.has(setName(spec.images, spec.kind)))
      throw new EngineError('image_unknown', 'The image set has not been prepared.');
    if (spec.snapshot && !this.snapshotsMade.has(snapshotKey(spec.machine, spec.snapshot)))
      throw new EngineError('snapshot_unknown', `There is no snapshot ${spec.snapshot.name}.`);
    const ref = { node: 'local', sandbox: spec.sandbox, machine: spec.machine, generation: spec.generation };
    this.machinesMade.set(key(ref), { ref, spec, running: true, starts: 1 });
    this.#changes.emit({ type: 'started', ref });
    return ref;
  }

  async startMachine(ref: MachineRef): Promise<void> {
    await this.switches.pass('startMachine', key(ref));
    const machine = this.#machine(ref);
    machine.running = true;
    machine.starts++;
    this.#changes.emit({ type: 'started', ref });
  }

  async stopMachine(ref: MachineRef): Promise<void> {
    await this.switches.pass('stopMachine', key(ref));
    const machine = this.#machine(ref);
    machine.running = false;
    this.#changes.emit({ type: 'stopped', ref, outOfMemory: false });
  }

  async removeMachine(ref: MachineRef): Promise<void> {
    await this.switches.pass('removeMachine', key(ref));
    const machine = this.machinesMade.get(key(ref));
    if (machine?.ref.generation !== ref.generation) return;
    this.machinesMade.delete(key(ref));
    this.#changes.emit({ type: 'removed', ref });
  }

  async takeSnapshot(
    ref: MachineRef,
    name: string,
    { sandbox = ref.sandbox }: { sandbox?: string } = {},
  ): Promise<SnapshotTaken> {
    const place = snapshotKey(ref.machine, { sandbox, name });
    await this.switches.pass('takeSnapshot', place);
    this.#machine(ref);
    this.snapshotsMade.set(place, ref);
    return this.taken;
  }

  async snapshots(sandbox: string): Promise<SnapshotRecord[]> {
    return [...this.snapshotsMade].flatMap(([place, { machine }]) =>
      place.startsWith(`${sandbox}/`) ? [{ machine, name: place.split('@')[1]!, ownBytes: 1e5 }] : [],
    );
  }

  async removeSnapshot(sandbox: string, machine: string, name: string): Promise<void> {
    await this.switches.pass('removeSnapshot', `${sandbox}/${machine}@${name}`);
    this.snapshotsMade.delete(`${sandbox}/${machine}@${name}`);
  }

  async limitDisk(ref: MachineRef, bytes: number): Promise<void> {
    this.#machine(ref);
    this.diskLimits.set(key(ref), bytes);
  }

  async exec(ref: MachineRef, request: ExecRequest): Promise<ExecProcess> {
    await this.switches.pass('exec', request.command.join(' '));
    if (!this.#machine(ref).running) throw new EngineError('machine_unreachable', 'The machine is stopped.');
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const { promise: exit, resolve } = Promise.withResolvers<number>();
    const end = (code: number) => {
      stdout.end();
      stderr.end();
      resolve(code);
    };
    this.#onExec({ ref, request, stdin, stdout, stderr, exit: end });
    return { stdin, stdout, stderr, exit, close: () => void stdin.end() };
  }

  async run(ref: MachineRef, request: ExecRequest & { input?: string | Buffer }): Promise<RunResult> {
    const process = await this.exec(ref, request);
    process.stdin.end(request.input ?? '');
    const [stdout, stderr, code] = await Promise.all([
      collect(process.stdout),
      collect(process.stderr),
      process.exit,
    ]);
    return { code, stdout, stderr };
  }

  async dial(ref: MachineRef, target: DialTarget): Promise<Duplex> {
    await this.switches.pass('dial', JSON.stringify(target));
    if (!this.#machine(ref).running) throw new EngineError('machine_unreachable', 'The machine is stopped.');
    return this.#onDial(ref, target);
  }

  async listens(ref: MachineRef, target: { socket: string }, signal: AbortSignal): Promise<boolean> {
    await this.switches.pass('listens', target.socket);
    signal.throwIfAborted();
    return this.#machine(ref).running;
  }

  machineAt(address: string): { sandbox: string; machine: string } | null {
    return this.addresses.get(address) ?? null;
  }

  async usage(ref: MachineRef): Promise<MachineUsage> {
    await this.switches.pass('usage', key(ref));
    const { limits } = this.#machine(ref).spec;
    const idle = { memoryBytes: 40e6, diskBytes: 1e6, ownDiskBytes: 1e5, pids: 20 };
    return {
      ...idle,
      memoryLimitBytes: limits.memoryBytes,
      diskLimitBytes: limits.diskBytes,
      ...this.usages.get(key(ref)),
    };
  }

  async machines(): Promise<MachineRecord[]> {
    await this.switches.pass('machines', '');
    return this.#records();
  }

  async remains(): Promise<string[]> {
    const owners = this.#records().map(({ ref }) => ref.sandbox);
    const kept = [...this.snapshotsMade.keys()].map((place) => place.split('/')[0]!);
    return [...new Set([...owners, ...kept, ...this.networks])];
  }

  async *watch(signal: AbortSignal): AsyncIterable<EngineChange> {
    const waiting: EngineChange[] = [{ type: 'machines', machines: this.#records() }];
    let wake = () => {};
    const stop = this.#changes.on((change) => {
      waiting.push(change);
      wake();
    });
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
      signal.removeEventListener('abort', onAbort);
    }
  }

  #records(): MachineRecord[] {
    return [...this.machinesMade.values()].map(({ ref, running }) => ({ ref, running }));
  }

  #machine(ref: MachineRef): FakeMachine {
    const machine = this.machinesMade.get(key(ref));
    if (machine?.ref.generation !== ref.generation)
      throw new EngineError('machine_unknown', `There is no machine ${key(ref)}.`);
    return machine;
  }
}

/** `abcdefgh/node1`: how the fake names a machine in its maps. */
export function key(ref: { sandbox: string; machine: string }): string {
  return `${ref.sandbox}/${ref.machine}`;
}

function snapshotKey(machine: string, { sandbox, name }: SnapshotKey): string {
  return `${sandbox}/${machine}@${name}`;
}

function setName(images: readonly string[], kind: MachineKind = 'docker'): string {
  return kind === 'docker' ? images.toSorted().join(',') : kind;
}

async function collect(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
