/** Our picture of the engine inside a machine, and what changed in it. Immutable: a change makes a new world. */
import type { Unsubscribe } from '../lib/emitter.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export type PublishedPort = {
  hostIp: string;
  /** Null while Docker has not chosen one. */
  hostPort: number | null;
  containerPort: number;
  protocol: string;
};

export type Mount = {
  type: string;
  /** Name of the volume; null for other mounts. */
  volume: string | null;
  source: string;
  target: string;
  readOnly: boolean;
};

export type Container = {
  readonly id: string;
  readonly name: string;
  /** As typed when it was made: `nginx`, `nginx:1.26`, `3fa94b…`. */
  readonly image: string;
  /** Null for a container that was gone before we could look. */
  readonly imageId: string | null;
  readonly state: ContainerState;
  /** Null while it has not ended. */
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  readonly command: readonly string[];
  readonly ports: readonly PublishedPort[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly networks: readonly string[];
  /** Addresses on those networks; none while it does not run. */
  readonly addresses: readonly string[];
  /** `bridge`, `host`, `none`, `container:ID`, or the network given first. */
  readonly networkMode: string;
  /** Empty: processes of its own only. */
  readonly pidMode: string;
  readonly restartPolicy: string;
  /** Zero or null: no limit. */
  readonly limits: {
    readonly memoryBytes: number;
    readonly cpus: number;
    readonly pids: number | null;
  };
  /** Empty: root. */
  readonly user: string;
  readonly readOnlyRoot: boolean;
  /** As they were given: `NET_ADMIN`, `CAP_NET_ADMIN`, `ALL`. */
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly createdAt: string | null;
  readonly startedAt: string | null;
};

export type Image = {
  readonly id: string;
  /** `nginx:latest`; empty for a dangling image. */
  readonly tags: readonly string[];
  /** `nginx@sha256:…` */
  readonly digests: readonly string[];
  /** Diff ids from the base upward: equal ids are the same layer. */
  readonly layers: readonly string[];
  readonly sizeBytes: number;
  readonly config: ImageConfig;
  readonly createdAt: string | null;
};

/** What a container made from the image starts with. */
export type ImageConfig = {
  readonly cmd: readonly string[];
  readonly entrypoint: readonly string[];
  readonly user: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `80/tcp` */
  readonly ports: readonly string[];
};

export type Volume = {
  readonly name: string;
  readonly driver: string;
  readonly labels: Readonly<Record<string, string>>;
};
export type Network = {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly subnets: readonly string[];
};

export type World = {
  /** False while the machine's engine does not answer; the picture is then the last one seen. */
  readonly connected: boolean;
  readonly containers: ReadonlyMap<string, Container>;
  /** Containers that were removed, the newest last: `docker run --rm` leaves its mark only here. */
  readonly gone: readonly Container[];
  readonly images: ReadonlyMap<string, Image>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly networks: ReadonlyMap<string, Network>;
};

export type Change<Thing> =
  | { type: 'added'; after: Thing }
  | { type: 'changed'; before: Thing; after: Thing }
  | { type: 'removed'; before: Thing };

export type WorldDiff = {
  containers: Change<Container>[];
  images: Change<Image>[];
  volumes: Change<Volume>[];
  networks: Change<Network>[];
};

export type WorldEvent = { sandbox: string; machine: string; world: World; diff: WorldDiff };

export interface Worlds {
  /** Null until the machine's engine has been looked at for the first time, and when the machine is not up. */
  get(sandbox: string, machine: string): World | null;
  on(listener: (event: WorldEvent) => void): Unsubscribe;
}
