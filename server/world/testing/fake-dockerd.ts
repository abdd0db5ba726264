/** A dockerd that lives in the test: answers like Engine API 1.45, streams events, can be stopped and can lie. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

export type FakeContainer = {
  id: string;
  name: string;
  image: string;
  status: string;
  exitCode: number;
  ports: Record<string, { HostIp: string; HostPort: string }[]>;
};

/** 64 hex digits out of a short name. */
export const idOf = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);

export class FakeDockerd implements AsyncDisposable {
  readonly containers = new Map<string, FakeContainer>();
  readonly images = new Map<string, { tags: string[]; layers: string[] }>();
  readonly volumes: { Name: string; Driver: string; Labels: Record<string, string> | null }[] = [];
  /** Every path that was asked for, in order, without /events. */
  readonly asked: string[] = [];
  readonly userAgents = new Set<string | undefined>();
  dials = 0;
  /** Sent instead of the true answer for paths that begin so. */
  readonly lies = new Map<string, string>();
  #server: Server | null = null;
  readonly #awaited = new Set<() => void>();
  readonly #past: string[] = [];
  readonly #listeners = new Set<ServerResponse>();
  readonly #directory = mkdtempSync(join(tmpdir(), 'drydock-world-'));

  get listening(): number {
    return this.#listeners.size;
  }

  readonly dial = async (): Promise<Duplex> => {
    this.dials++;
    return new Promise((resolve, reject) => {
      const socket = connect(this.#path);
      socket.once('connect', () => resolve(socket));
      socket.once('error', reject);
    });
  };

  readonly listens = async (_ref: unknown, _target: unknown, signal: AbortSignal): Promise<boolean> => {
    if (this.#server) return true;
    return new Promise((resolve) => {
      this.#awaited.add(() => resolve(true));
      signal.addEventListener('abort', () => resolve(false), { once: true });
    });
  };

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      this.userAgents.add(request.headers['user-agent']);
      if (path.startsWith('/events')) return this.#listen(response);
      this.asked.push(path.split('?')[0]!);
      const lie = [...this.lies].find(([start]) => path.startsWith(start))?.[1];
      const body = lie ?? this.#answer(path.split('?')[0]!);
      response.statusCode = body === null ? 404 : 200;
      response.end(body ?? '{"message":"no such thing"}');
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#path, resolve));
    for (const tell of this.#awaited) tell();
    this.#awaited.clear();
    return this;
  }

  /** As `service docker stop`: every connection ends and the past is forgotten. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#past.length = 0;
    this.#listeners.clear();
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  run(container: Partial<FakeContainer> & { name: string }): FakeContainer {
    const made = {
      id: idOf(container.name),
      image: 'nginx',
      status: 'running',
      exitCode: 0,
      ports: {},
      ...container,
    };
    this.containers.set(made.id, made);
    this.#tell('container', 'create', made);
    this.#tell('container', 'start', made);
    return made;
  }

  exit(name: string, exitCode: number): void {
    const container = this.#named(name);
    Object.assign(container, { status: 'exited', exitCode });
    this.#tell('container', 'die', container, { exitCode: String(exitCode) });
  }

  remove(name: string): void {
    const container = this.#named(name);
    this.containers.delete(container.id);
    this.#tell('container', 'destroy', container);
  }

  addImage(tag: string, layers: string[]): void {
    const id = `sha256:${idOf(tag)}`;
    this.images.set(id, { tags: [tag], layers });
    this.emit({ Type: 'image', Action: 'pull', Actor: { ID: tag, Attributes: { name: tag } }, time: 1 });
  }

  emit(event: unknown): void {
    const line = `${JSON.stringify(event)}\n`;
    this.#past.push(line);
    for (const listener of this.#listeners) listener.write(line);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  get #path(): string {
    return join(this.#directory, 'docker.sock');
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const line of this.#past) response.write(line);
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
  }

  #tell(type: string, action: string, container: FakeContainer, more: Record<string, string> = {}): void {
    const attributes = { name: container.name, image: container.image, ...more };
    this.emit({
      Type: type,
      Action: action,
      Actor: { ID: container.id, Attributes: attributes },
      scope: 'local',
      time: 1,
    });
  }

  #named(name: string): FakeContainer {
    const found = [...this.containers.values()].find((container) => container.name === name);
    if (!found) throw new Error(`invariant: no container ${name}`);
    return found;
  }

  #answer(path: string): string | null {
    if (path === '/containers/json') return JSON.stringify([...this.containers.keys()].map((Id) => ({ Id })));
    if (path === '/images/json')
      return JSON.stringify(
        [...this.images].map(([Id, { tags }]) => ({ Id, RepoTags: tags, RepoDigests: [] })),
      );
    if (path === '/volumes') return JSON.stringify({ Volumes: this.volumes, Warnings: null });
    if (path === '/networks') return '[]';
    const [, kind, id] = path.split('/');
    const container = kind === 'containers' ? this.containers.get(id ?? '') : undefined;
    if (container) return JSON.stringify(inspectReply(container));
    const image = kind === 'images' ? this.images.get(id ?? '') : undefined;
    if (!image) return null;
    const rest = { RepoDigests: [], Created: '2026-11-21T02:19:58Z', Size: 2_038_648 };
    return JSON.stringify({
      Id: id,
      RepoTags: image.tags,
      ...rest,
      RootFS: { Type: 'layers', Layers: image.layers },
      Config: {
        Cmd: ['nginx', '-g', 'daemon off;'],
        Entrypoint: null,
        User: '',
        WorkingDir: '/srv',
        Env: ['PATH=/usr/bin'],
        Labels: { tier: 'front' },
        ExposedPorts: { '80/tcp': {} },
      },
    });
  }
}

/** The fields of `/containers/ID/json` that we read, as dockerd 26.1.5 sent them. */
function inspectReply(container: FakeContainer): unknown {
  const running = container.status === 'running' || container.status === 'paused';
  return {
    Id: container.id,
    Created: '2026-11-21T02:19:58.791233176Z',
    Path: '/usr/sbin/nginx',
    Args: [],
    State: {
      Status: container.status,
      ExitCode: container.exitCode,
      OOMKilled: false,
      StartedAt: container.status === 'created' ? '0001-01-01T00:00:00Z' : '2026-11-21T02:19:59.679416499Z',
    },
    Image: `sha256:${idOf(container.image)}`,
    Name: `/${container.name}`,
    HostConfig: {
      PortBindings: container.ports,
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      Memory: 67_108_864,
      NanoCpus: 500_000_000,
      CpuPeriod: 0,
      CpuQuota: 0,
      PidsLimit: null,
      NetworkMode: 'bridge',
      PidMode: '',
      ReadonlyRootfs: true,
      CapAdd: ['NET_ADMIN'],
      CapDrop: null,
    },
    Mounts: [
      {
        Type: 'volume',
        Name: 'data',
        Source: '/x',
        Destination: '/data',
        Driver: 'local',
        Mode: 'z',
        RW: true,
      },
    ],
    Config: { Image: container.image, User: 'app', Env: ['A=b=c'], Labels: {} },
    NetworkSettings: {
      Ports: running ? container.ports : {},
      Networks: { bridge: { IPAddress: running ? '172.17.0.2' : '' } },
    },
  };
}
