/** The inner engine's replies, parsed and cut to size: a tenant may send anything under Docker's name. */
import { z } from 'zod';
import type { Container, Image, ImageConfig, Network, PublishedPort, Volume } from './contract.ts';

const id = z.string().regex(/^(sha256:)?[0-9a-f]{64}$/);
/** A swarm names its networks otherwise. */
const networkId = z.string().regex(/^([0-9a-f]{64}|[0-9a-z]{25})$/);
const text = (max: number) => z.string().transform((value) => value.slice(0, max));
/** Docker leaves out or says null for "none". */
const word = (max: number) =>
  z
    .string()
    .nullish()
    .transform((value) => (value ?? '').slice(0, max));
/** A list's first entries; Docker says null for "none". */
const some = <Schema extends z.ZodType>(schema: Schema, max: number) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((list) => (list ?? []).slice(0, max))
    .pipe(z.array(schema));
const fields = <Schema extends z.ZodType>(schema: Schema, max: number) =>
  z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((record) => Object.fromEntries(Object.entries(record ?? {}).slice(0, max)))
    .pipe(z.record(text(300), schema));

/** Docker writes the year 1 for "never". */
const instant = z
  .string()
  .max(40)
  .nullish()
  .transform((value) => (value && !value.startsWith('0001-') ? value : null));

const bindingsSchema = fields(some(z.object({ HostIp: text(64), HostPort: text(5) }), 4), 50);

const containerSchema = z
  .object({
    Id: id,
    Name: text(128),
    Image: z.string().max(80),
    Created: instant,
    Path: text(300).nullish(),
    Args: some(text(300), 30),
    State: z.object({
      Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
      ExitCode: z.int(),
      OOMKilled: z.boolean().default(false),
      StartedAt: instant,
    }),
    HostConfig: z.object({
      PortBindings: bindingsSchema,
      RestartPolicy: z.object({ Name: text(32) }).nullish(),
      Memory: z.number().default(0),
      NanoCpus: z.number().default(0),
      CpuQuota: z.number().default(0),
      CpuPeriod: z.number().default(0),
      PidsLimit: z.number().nullish(),
      NetworkMode: word(128),
      PidMode: word(128),
      ReadonlyRootfs: z.boolean().nullish(),
      CapAdd: some(text(40), 60),
      CapDrop: some(text(40), 60),
    }),
    Mounts: some(
      z.object({
        Type: text(16),
        Name: text(128).nullish(),
        Source: text(512).default(''),
        Destination: text(512),
        RW: z.boolean(),
      }),
      40,
    ),
    Config: z.object({
      Image: text(300),
      User: word(128),
      Env: some(text(600), 60),
      Labels: fields(text(600), 60),
    }),
    NetworkSettings: z.object({
      Ports: bindingsSchema,
      Networks: fields(z.object({ IPAddress: word(64) }).nullish(), 20),
    }),
  })
  .transform((reply): Container => ({
    id: reply.Id,
    name: reply.Name.replace(/^\//, ''),
    image: reply.Config.Image,
    imageId: reply.Image,
    state: reply.State.Status,
    exitCode: toExitCode(reply.State),
    outOfMemory: reply.State.OOMKilled,
    command: [...(reply.Path ? [reply.Path] : []), ...reply.Args],
    ports: toPorts(reply.NetworkSettings.Ports, reply.HostConfig.PortBindings),
    env: Object.fromEntries(reply.Config.Env.map(splitEnv)),
    labels: reply.Config.Labels,
    mounts: reply.Mounts.map((mount) => ({
      type: mount.Type,
      volume: mount.Type === 'volume' ? (mount.Name ?? null) : null,
      source: mount.Source,
      target: mount.Destination,
      readOnly: !mount.RW,
    })),
    networks: Object.keys(reply.NetworkSettings.Networks),
    addresses: Object.values(reply.NetworkSettings.Networks).flatMap((network) => network?.IPAddress || []),
    networkMode: reply.HostConfig.NetworkMode,
    pidMode: reply.HostConfig.PidMode,
    restartPolicy: reply.HostConfig.RestartPolicy?.Name || 'no',
    limits: {
      memoryBytes: reply.HostConfig.Memory,
      cpus: toCpus(reply.HostConfig),
      pids: reply.HostConfig.PidsLimit || null,
    },
    user: reply.Config.User,
    readOnlyRoot: reply.HostConfig.ReadonlyRootfs ?? false,
    capAdd: reply.HostConfig.CapAdd,
    capDrop: reply.HostConfig.CapDrop,
    createdAt: reply.Created,
    startedAt: reply.State.StartedAt,
  }));

const imageConfigSchema = z
  .object({
    Cmd: some(text(300), 60),
    Entrypoint: some(text(300), 60),
    User: word(128),
    WorkingDir: word(512),
    Env: some(text(600), 60),
    Labels: fields(text(600), 60),
    ExposedPorts: fields(z.unknown(), 60),
  })
  .nullish()
  .transform((config): ImageConfig => ({
    cmd: config?.Cmd ?? [],
    entrypoint: config?.Entrypoint ?? [],
    user: config?.User ?? '',
    workdir: config?.WorkingDir ?? '',
    env: Object.fromEntries((config?.Env ?? []).map(splitEnv)),
    labels: config?.Labels ?? {},
    ports: Object.keys(config?.ExposedPorts ?? {}),
  }));

const imageSchema = z
  .object({
    Id: id,
    RepoTags: some(text(300), 40),
    RepoDigests: some(text(400), 40),
    Created: instant,
    Size: z.number(),
    RootFS: z.object({ Layers: some(z.string().max(80), 130) }),
    Config: imageConfigSchema,
  })
  .transform((reply): Image => ({
    id: reply.Id,
    tags: reply.RepoTags,
    digests: reply.RepoDigests,
    layers: reply.RootFS.Layers,
    sizeBytes: reply.Size,
    config: reply.Config,
    createdAt: reply.Created,
  }));

const volumesSchema = z
  .object({
    Volumes: some(z.object({ Name: text(128), Driver: text(32), Labels: fields(text(600), 60) }), 300),
  })
  .transform((reply): Volume[] =>
    reply.Volumes.map(({ Name, Driver, Labels }) => ({ name: Name, driver: Driver, labels: Labels })),
  );

const networksSchema = some(
  z.object({
    Id: networkId,
    Name: text(128),
    Driver: text(32),
    Internal: z.boolean().default(false),
    IPAM: z.object({ Config: some(z.object({ Subnet: text(64).default('') }), 4) }).nullish(),
  }),
  100,
).transform((list): Network[] =>
  list.map((reply) => ({
    id: reply.Id,
    name: reply.Name,
    driver: reply.Driver,
    internal: reply.Internal,
    subnets: (reply.IPAM?.Config ?? []).map(({ Subnet }) => Subnet),
  })),
);

const summariesSchema = some(z.object({ Id: id }), 300).transform((list) => list.map(({ Id }) => Id));
const imageSummariesSchema = some(
  z.object({ Id: id, RepoTags: some(text(300), 40), RepoDigests: some(text(400), 40) }),
  300,
).transform((list) =>
  list.map(({ Id, RepoTags, RepoDigests }) => ({ id: Id, tags: RepoTags, digests: RepoDigests })),
);

/** Each throws a ZodError when the reply is not what Docker would say. */
export const parseContainer = (reply: unknown): Container => containerSchema.parse(reply);
export const parseImage = (reply: unknown): Image => imageSchema.parse(reply);
export const parseVolumes = (reply: unknown): Volume[] => volumesSchema.parse(reply);
export const parseNetworks = (reply: unknown): Network[] => networksSchema.parse(reply);
export const parseContainerIds = (reply: unknown): string[] => summariesSchema.parse(reply);
export const parseImageList = (reply: unknown) => imageSummariesSchema.parse(reply);

/** A container that never started has code 0 too; only one that failed to start says more than that. */
function toExitCode(state: { Status: string; ExitCode: number }): number | null {
  if (['exited', 'dead', 'restarting'].includes(state.Status)) return state.ExitCode;
  return state.Status === 'created' && state.ExitCode !== 0 ? state.ExitCode : null;
}

type Bindings = Record<string, { HostIp: string; HostPort: string }[]>;

/** What is bound now; of a container that does not run, what was asked for. IPv6 twins are left out. */
function toPorts(bound: Bindings, asked: Bindings): PublishedPort[] {
  const published = Object.values(bound).some((list) => list.length > 0) ? bound : asked;
  return Object.entries(published).flatMap(([inside, list]) => {
    const [port, protocol = 'tcp'] = inside.split('/');
    return list
      .filter((binding) => !binding.HostIp.includes(':'))
      .map((binding) => ({
        hostIp: binding.HostIp,
        hostPort: binding.HostPort === '' ? null : Number(binding.HostPort),
        containerPort: Number(port),
        protocol,
      }));
  });
}

function splitEnv(entry: string): [string, string] {
  const at = entry.indexOf('=');
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}

function toCpus(config: { NanoCpus: number; CpuQuota: number; CpuPeriod: number }): number {
  if (config.NanoCpus > 0) return config.NanoCpus / 1e9;
  return config.CpuQuota > 0 ? config.CpuQuota / (config.CpuPeriod || 100_000) : 0;
}
