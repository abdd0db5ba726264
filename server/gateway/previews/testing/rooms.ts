/** What previews stand on, in memory: worlds that a test tells about, and machines whose ports are loopback's. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Emitter } from '#server/lib/emitter.ts';
import type { Container, World, WorldDiff, WorldEvent, Worlds } from '#server/world/contract.ts';
import type { DialPort } from '../lines.ts';

/** Every port of every machine is that of this host. */
export const loopback: { dial: DialPort } = {
  async dial(_machine, { port }) {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    return socket;
  },
};

export class FakeWorlds implements Worlds {
  readonly events = new Emitter<WorldEvent>();
  readonly #worlds = new Map<string, World>();

  get(sandbox: string, machine: string): World | null {
    return this.#worlds.get(`${sandbox}/${machine}`) ?? null;
  }

  on(listener: (event: WorldEvent) => void) {
    return this.events.on(listener);
  }

  /** From now on these containers are all that there are. */
  tell(sandbox: string, machine: string, containers: readonly Container[]): void {
    const world: World = {
      connected: true,
      containers: new Map(containers.map((container) => [container.id, container])),
      gone: [],
      images: new Map(),
      volumes: new Map(),
      networks: new Map(),
    };
    this.#worlds.set(`${sandbox}/${machine}`, world);
    const diff: WorldDiff = { containers: [], images: [], volumes: [], networks: [] };
    this.events.emit({ sandbox, machine, world, diff });
  }
}

type Published = { hostPort: number | null; hostIp?: string; protocol?: string };

export function container(
  name: string,
  ports: readonly Published[],
  state: Container['state'] = 'running',
): Container {
  return {
    id: name,
    name,
    image: name,
    imageId: name,
    state,
    exitCode: null,
    outOfMemory: false,
    command: [],
    ports: ports.map((port) => ({ hostIp: '0.0.0.0', protocol: 'tcp', containerPort: 80, ...port })),
    env: {},
    labels: {},
    mounts: [],
    networks: [],
    addresses: [],
    networkMode: 'bridge',
    pidMode: '',
    restartPolicy: 'no',
    limits: { memoryBytes: 0, cpus: 0, pids: null },
    user: '',
    readOnlyRoot: false,
    capAdd: [],
    capDrop: [],
    createdAt: null,
    startedAt: null,
  };
}
