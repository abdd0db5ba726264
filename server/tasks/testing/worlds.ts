/** Worlds made by hand, so that a test says only what it is about. */
import type { ApiCall } from '#server/trace/contract.ts';
import type { Container, Image, ImageConfig, Network, Volume, World } from '#server/world/contract.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import { EMPTY_WORLD } from '#server/world/model.ts';
import type { CommandSeen, Sources } from '../verdict.ts';

export function container(parts: Partial<Container>): Container {
  return {
    id: (parts.name ?? 'web').padEnd(64, '0'),
    name: 'web',
    image: 'nginx',
    imageId: null,
    state: 'running',
    exitCode: null,
    outOfMemory: false,
    command: [],
    ports: [],
    env: {},
    labels: {},
    mounts: [],
    networks: ['bridge'],
    addresses: ['172.17.0.2'],
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
    ...parts,
  };
}

export function image(parts: Partial<Image> & { tags: string[] }): Image {
  const id = `sha256:${Buffer.from(parts.tags[0] ?? 'x')
    .toString('hex')
    .padEnd(64, '0')}`;
  return {
    id,
    digests: [],
    layers: ['sha256:base'],
    sizeBytes: 1024,
    config: imageConfig({}),
    createdAt: null,
    ...parts,
  };
}

export function imageConfig(parts: Partial<ImageConfig>): ImageConfig {
  return { cmd: [], entrypoint: [], user: '', workdir: '', env: {}, labels: {}, ports: [], ...parts };
}

export function network(parts: Partial<Network> & { name: string }): Network {
  return { id: parts.name.padEnd(64, '0'), driver: 'bridge', internal: false, subnets: [], ...parts };
}

export function volume(parts: Partial<Volume> & { name: string }): Volume {
  return { driver: 'local', labels: {}, ...parts };
}

/** `typed`: the line of the command that caused it; null for none. */
export function apiCall(parts: Partial<ApiCall> & { typed?: string | null }): ApiCall {
  const { typed = 'docker ps', ...rest } = parts;
  const startedAt = '2030-01-01T00:00:00.000Z';
  const ran = { machine: 'node1', terminal: '1', exitCode: 0, startedAt, durationMs: 100 };
  return {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    method: 'GET',
    path: '/containers/json',
    status: 200,
    userAgent: 'Docker-Client/26.1.5 (linux)',
    startedAtMs: Date.parse(startedAt) + 50,
    durationMs: 1,
    requestBytes: null,
    responseBytes: 2,
    command: typed === null ? null : { ...ran, line: typed },
    ...rest,
  };
}

type Things = {
  containers?: Container[];
  gone?: Container[];
  images?: Image[];
  volumes?: Volume[];
  networks?: Network[];
};

export function world(parts: Things): World {
  return {
    ...EMPTY_WORLD,
    connected: true,
    containers: new Map((parts.containers ?? []).map((one) => [one.id, one])),
    gone: parts.gone ?? [],
    images: new Map((parts.images ?? []).map((one) => [one.id, one])),
    volumes: new Map((parts.volumes ?? []).map((one) => [one.name, one])),
    networks: new Map((parts.networks ?? []).map((one) => [one.id, one])),
  };
}

/** Everything stands on node1. */
export function sources(
  parts: Things & {
    commands?: [line: string, exitCode?: number][];
    calls?: ApiCall[];
    answer?: string;
    /** Whatever is looked for, this is found; see `finds`. */
    found?: Sources['found'];
    attempted?: boolean;
    sinceMs?: number;
  },
): Sources {
  const node1 = world(parts);
  const commands = (parts.commands ?? []).map(([line, exitCode = 0]): CommandSeen => ({
    machine: 'node1',
    line,
    exitCode,
  }));
  return {
    world: (machine) => (machine === 'node1' ? node1 : null),
    commands,
    calls: (machine) => (machine === 'node1' ? (parts.calls ?? []) : []),
    found: parts.found ?? (() => null),
    attempted: parts.attempted ?? true,
    sinceMs: parts.sinceMs ?? null,
    answer: parts.answer ?? null,
  };
}

export const port = (hostPort: number, containerPort: number) => ({
  hostIp: '0.0.0.0',
  hostPort,
  containerPort,
  protocol: 'tcp',
});

/** Whatever is looked for, this is what is there. */
export const finds =
  (finding: FindingOf<Probe> | null): Sources['found'] =>
  <Asked extends Probe>() =>
    finding as FindingOf<Asked> | null;
