/**
 * What the rest of the house may ask of an engine: a dozen verbs about places, none about how a place is made.
 * Nothing above this room may assume that a machine is on this host.
 */
import type { Duplex, Readable, Writable } from 'node:stream';

/** Names one life of one machine. Opaque above the engine: keep it, compare it, hand it back. */
export type MachineRef = {
  readonly node: string;
  readonly sandbox: string;
  readonly machine: string;
  /** Raised each time the machine is made anew; a stale reference is refused. */
  readonly generation: number;
};

/** The server's own calls to the engines in machines bear this name, so that the trace can leave them out. */
export const OWN_USER_AGENT = 'drydock';

export type MachineLimits = {
  memoryBytes: number;
  pids: number;
  /** Share of processors: 1.5 is one and a half cores. */
  cpus: number;
  diskBytes: number;
};

/** `bare`: no engine in it; its own package archive has one to install. */
export type MachineKind = 'docker' | 'bare';

export type MachineSpec = {
  sandbox: string;
  /** `node1` */
  machine: string;
  generation: number;
  /** Default `docker`. */
  kind?: MachineKind;
  /** Catalog references that are already there when the machine starts; must have been prepared. None in a bare one. */
  images: readonly string[];
  limits: MachineLimits;
  /** What was kept of the machine of this name, here or in another sandbox, to begin with instead: going back is a new life. */
  snapshot?: SnapshotKey;
};

export type SnapshotKey = { sandbox: string; name: string };

/** A machine's disk as it was at one moment, where the machine cannot reach it. */
export type SnapshotRecord = {
  machine: string;
  /** Small letters, digits and hyphens, 40 at most. */
  name: string;
  /** What would be free if it were removed. */
  ownBytes: number;
};

/** A disk in the moment before it was kept: what it alone holds is what the snapshot adds to all that is kept. */
export type SnapshotTaken = { diskBytes: number; ownDiskBytes: number };

export type EngineDescription = {
  version: string;
  /** Disk limits are enforced. */
  quota: boolean;
  snapshots: boolean;
  /** Machines live on while the server restarts. */
  survivesRestart: boolean;
};

export type NodeState = {
  name: string;
  machinesRunning: number;
  memoryTotalBytes: number;
  memoryFreeBytes: number;
  diskTotalBytes: number;
  diskFreeBytes: number;
};

export type MachineUsage = {
  memoryBytes: number;
  memoryLimitBytes: number;
  diskBytes: number;
  /** Of `diskBytes`, what no other disk shares: what this machine costs beside its golden disk. */
  ownDiskBytes: number;
  diskLimitBytes: number;
  pids: number;
};

export type MachineRecord = { ref: MachineRef; running: boolean };

export type ExecRequest = {
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Runs in the sub-group for learners' programs, with its limits; else beside dockerd. Default false. */
  asLearner?: boolean;
  /** The engine must have started it within this time. A tenant can freeze its own group. Default 10 000. */
  startTimeoutMs?: number;
};

/** A process in a machine. Closing the streams or aborting ends our side; `exit` settles once. */
export type ExecProcess = {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Exit code; rejects with EngineError `machine_unreachable` when it is lost. */
  exit: Promise<number>;
  /** Drops the streams; the process inside sees its standard input end. */
  close(): void;
};

export type RunResult = { code: number; stdout: string; stderr: string };

export type EngineChange =
  | { type: 'machines'; machines: MachineRecord[] }
  | { type: 'stopped'; ref: MachineRef; outOfMemory: boolean }
  | { type: 'started'; ref: MachineRef }
  | { type: 'removed'; ref: MachineRef };

export type ImagesProgress = (progress: { done: number; total: number; image: string }) => void;

export interface Engine {
  describe(): Promise<EngineDescription>;
  nodes(): Promise<NodeState[]>;

  /** Makes the golden disk of an image set, or of bare machines, unless it is there; single-flight per set. `images` may be empty. */
  prepareImages(
    images: readonly string[],
    options?: { kind?: MachineKind; progress?: ImagesProgress },
  ): Promise<void>;

  createNetwork(sandbox: string): Promise<void>;
  /** Removes the sandbox's network, names, snapshots and disks kept for it. Fine when there is none. */
  removeNetwork(sandbox: string): Promise<void>;

  /** Made, started, and its own engine, where it has one, answers `docker version`. */
  createMachine(spec: MachineSpec): Promise<MachineRef>;
  /** Wakes a stopped machine; resolves when its engine answers. */
  startMachine(ref: MachineRef): Promise<void>;
  /** Stops gently (shells save their scrollback), disk kept. */
  stopMachine(ref: MachineRef): Promise<void>;
  /** Removes machine and disk, and its name where no other life of it is left. Fine when there is none. */
  removeMachine(ref: MachineRef): Promise<void>;

  /**
   * Keeps the disk as it is now, whether the machine runs or not; as after a power cut, whoever returns to it finds what was
   * on disk. Replaces the one of that name. Refused where `snapshots` of `describe` is false. `sandbox`: it belongs to that
   * one from the beginning, and outlives the machine's own.
   */
  takeSnapshot(ref: MachineRef, name: string, options?: { sandbox?: string }): Promise<SnapshotTaken>;
  /** Those of all machines of the sandbox, in order of machine and name. */
  snapshots(sandbox: string): Promise<SnapshotRecord[]>;
  /** Fine when there is none. */
  removeSnapshot(sandbox: string, machine: string, name: string): Promise<void>;
  /** What the machine may write from now on; what it has written already stays. Nothing where disks are not bounded. */
  limitDisk(ref: MachineRef, bytes: number): Promise<void>;

  /** Duplex process without a TTY. */
  exec(ref: MachineRef, request: ExecRequest): Promise<ExecProcess>;
  /** Runs to the end and collects; output over `maxBytes` (default 1 MiB a stream) is cut. */
  run(
    ref: MachineRef,
    request: ExecRequest & { input?: string | Buffer; timeoutMs?: number; maxBytes?: number },
  ): Promise<RunResult>;
  /** Connects to a TCP port or a unix socket inside the machine. */
  dial(ref: MachineRef, target: { port: number } | { socket: string }): Promise<Duplex>;
  /** True when somebody listens on this unix socket inside the machine; false when nobody did for a long while. */
  listens(ref: MachineRef, target: { socket: string }, signal: AbortSignal): Promise<boolean>;

  /** Whose address this is; null: no machine's. The network drops what bears the address of another sandbox. */
  machineAt(address: string): { sandbox: string; machine: string } | null;

  usage(ref: MachineRef): Promise<MachineUsage>;
  /** Every machine that bears our label, live sandbox or not: what the reaper looks through. */
  machines(): Promise<MachineRecord[]>;
  /** Sandboxes of which anything is left: machine, network, disk or name. */
  remains(): Promise<string[]>;
  /** The full list first, then changes, until the signal aborts. Reconnects by itself, with a new full list. */
  watch(signal: AbortSignal): AsyncIterable<EngineChange>;
}

export type EngineErrorCode =
  | 'engine_down'
  | 'machine_unreachable'
  | 'machine_unknown'
  | 'image_unknown'
  | 'snapshot_unknown'
  | 'disk_full'
  | 'unsuitable_engine';

export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** All that the engine on this host must be told; the host room makes it. */
export type LocalEngineSettings = {
  /** Unix socket of the outer Docker Engine. */
  socketPath: string;
  /** Value of our labels; tells two instances on one host apart. */
  instance: string;
  /** Start of every bridge's name, `dd213-`: the firewall table matches it. */
  bridgePrefix: string;
  /** The instance's /16, for example `10.213.0.0/16`; sandboxes take /28s from its lower half. */
  subnet: string;
  /** Where machines find mirror (5000), DNS (53) and the trace receiver (4318). */
  serviceAddress: string;
  /** One file per sandbox with `address name` lines, read by our dnsmasq. */
  dnsHostsDirectory: string;
  /** HUP this after removing a name. */
  dnsPidFile: string;
  /** Where machine disks lie: btrfs with quotas, or plain directories. */
  poolDirectory: string;
  quota: boolean;
  /** Image reference of the machine on the outer engine; changes with its content. */
  machineImage: string;
  /** Name of our OCI runtime on the outer engine; null on an engine that is not ours. */
  runtime: string | null;
  /** Our allow-list, as JSON text. */
  seccompProfile: string;
  /** First uid and gid of the user namespace on the host. */
  mappedUid: number;
  /** Digest over the catalog; golden disks are made anew when it changes. */
  catalogDigest: string;
};
