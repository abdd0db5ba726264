/** Environment → Config. A bad value stops the start and is named with the way out; a misspelt name is found too. */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { MachineLimits } from './engine/contract.ts';
import type { LogLevel } from './lib/log.ts';

export type Config = {
  port: number;
  host: string;
  dataDirectory: string;
  /** Machine image and catalog, addressed by content; instances may share it. */
  artifactsDirectory: string;
  /** Every URL origin under which browsers may reach us, without a trailing slash; never empty. */
  origins: string[];
  /** Name, and port where browsers need one, under which each preview has a name of its own; null: paths of ours. */
  previewHost: string | null;
  /** Unix socket of another engine, to be used instead of our own. */
  engineSocket: string | null;
  /** URL of a registry from which to fetch what the catalog does not hold; null: nowhere. */
  pullThrough: string | null;
  /** Size of the disk pool; null: chosen from the free disk. */
  poolBytes: number | null;
  /** Machines awake at once; null: chosen from the memory. */
  capacity: number | null;
  warmMachines: number;
  sleepAfterMs: number;
  keepForMs: number;
  /** A guest who has done nothing for so long is removed, with all that is kept of them. */
  guestsKeptMs: number;
  sandboxesPerUser: number;
  terminalsPerMachine: number;
  machine: MachineLimits;
  /** Each holds courses; an organization's own may lie beside ours. */
  contentDirectories: string[];
  logLevel: LogLevel;
};

/** The start stops here; the message is for the person at the keyboard, one line for each bad value. */
export class ConfigError extends Error {
  readonly code = 'bad_config';
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function number(min: number, max: number, kind: 'whole' | 'decimal' = 'whole') {
  const wanted = `must be a ${kind} number from ${min} to ${max}`;
  return z
    .string()
    .regex(kind === 'whole' ? /^\d{1,12}$/ : /^\d{1,12}(\.\d{1,6})?$/, wanted)
    .transform(Number)
    .refine((value) => value >= min && value <= max, wanted);
}

const directory = z
  .string()
  .min(1, 'must name a directory')
  .transform((path) => resolve(path));

const directoryList = z
  .string()
  .regex(/^[^:]+(:[^:]+)*$/, 'must name directories, separated by colons')
  .transform((paths) => paths.split(':').map((path) => resolve(path)));

function parseOrigin(text: string): string | null {
  const url = URL.parse(text);
  const bare = url && (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/';
  return bare && !url.search && !url.hash && !url.username ? url.origin : null;
}

const registryUrl = z.string().transform((text, context) => {
  const origin = parseOrigin(text);
  if (origin !== null) return origin;
  context.addIssue('must be the URL of a registry, for example https://registry-1.docker.io, without a path');
  return z.NEVER;
});

const originList = z.string().transform((text, context) => {
  const origins = text.split(',').map((part) => parseOrigin(part.trim()));
  if (origins.every((origin) => origin !== null)) return [...new Set(origins)];
  context.addIssue('must be URLs like https://learn.example.org, separated by commas, without a path');
  return z.NEVER;
});

/** An address of numbers has no names below it. */
const previewHost = z
  .string()
  .regex(
    /^(off|(?=.*[a-z])([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?)$/,
    'must be a host name whose subdomains lead here, for example preview.example.org, or off',
  );

/** Everything that may be set; each has a default, so an empty environment is a good one. */
const SETTINGS = z.object({
  PORT: number(1, 65_535).optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a host name, for example 0.0.0.0')
    .optional(),
  DRYDOCK_DATA: directory.optional(),
  DRYDOCK_ARTIFACTS: directory.optional(),
  DRYDOCK_ORIGIN: originList.optional(),
  DRYDOCK_PREVIEW_HOST: previewHost.optional(),
  DRYDOCK_ENGINE: z
    .string()
    .regex(/^(unix:\/\/)?\/.+/, 'must be the path of a unix socket, for example /var/run/docker.sock')
    .transform((path) => path.replace(/^unix:\/\//, ''))
    .optional(),
  DRYDOCK_PULL_THROUGH: registryUrl.optional(),
  DRYDOCK_POOL_MB: number(512, 100_000_000).optional(),
  DRYDOCK_CAPACITY: number(1, 10_000).optional(),
  DRYDOCK_WARM: number(0, 1000).optional(),
  DRYDOCK_SLEEP_MINUTES: number(0.01, 100_000, 'decimal').optional(),
  DRYDOCK_KEEP_DAYS: number(0.001, 3650, 'decimal').optional(),
  DRYDOCK_GUEST_DAYS: number(0.001, 3650, 'decimal').optional(),
  DRYDOCK_SANDBOXES_PER_USER: number(1, 1000).optional(),
  DRYDOCK_TERMINALS_PER_MACHINE: number(1, 64).optional(),
  DRYDOCK_MACHINE_MEMORY_MB: number(192, 1_000_000).optional(),
  DRYDOCK_MACHINE_PIDS: number(100, 100_000).optional(),
  DRYDOCK_MACHINE_CPUS: number(0.1, 1024, 'decimal').optional(),
  DRYDOCK_MACHINE_DISK_MB: number(64, 10_000_000).optional(),
  DRYDOCK_CONTENT: directoryList.optional(),
  DRYDOCK_LOG: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').optional(),
});

/** @throws ConfigError naming every bad value at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // An empty variable counts as not set: that is how people switch one off on a command line.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = SETTINGS.safeParse(given);
  const problems = [
    ...unknownNames(given),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given))),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems.join('\n'));
  const set = parsed.data;

  const port = set.PORT ?? 3000;
  const origins =
    set.DRYDOCK_ORIGIN ?? [`http://localhost:${port}`, `http://127.0.0.1:${port}`].map(originOf);
  const dataDirectory = set.DRYDOCK_DATA ?? '/var/lib/drydock';
  return {
    port,
    host: set.HOST ?? '127.0.0.1',
    dataDirectory,
    artifactsDirectory: set.DRYDOCK_ARTIFACTS ?? resolve(dataDirectory, 'artifacts'),
    origins,
    previewHost: previewHostOf(set.DRYDOCK_PREVIEW_HOST, origins),
    engineSocket: set.DRYDOCK_ENGINE ?? null,
    pullThrough: set.DRYDOCK_PULL_THROUGH ?? null,
    poolBytes: set.DRYDOCK_POOL_MB === undefined ? null : set.DRYDOCK_POOL_MB * MIB,
    capacity: set.DRYDOCK_CAPACITY ?? null,
    warmMachines: set.DRYDOCK_WARM ?? 2,
    sleepAfterMs: Math.round((set.DRYDOCK_SLEEP_MINUTES ?? 15) * MINUTE_MS),
    keepForMs: Math.round((set.DRYDOCK_KEEP_DAYS ?? 7) * DAY_MS),
    guestsKeptMs: Math.round((set.DRYDOCK_GUEST_DAYS ?? 30) * DAY_MS),
    sandboxesPerUser: set.DRYDOCK_SANDBOXES_PER_USER ?? 5,
    terminalsPerMachine: set.DRYDOCK_TERMINALS_PER_MACHINE ?? 12,
    machine: {
      memoryBytes: (set.DRYDOCK_MACHINE_MEMORY_MB ?? 1024) * MIB,
      pids: set.DRYDOCK_MACHINE_PIDS ?? 1000,
      cpus: set.DRYDOCK_MACHINE_CPUS ?? 1,
      diskBytes: (set.DRYDOCK_MACHINE_DISK_MB ?? 2048) * MIB,
    },
    contentDirectories: set.DRYDOCK_CONTENT ?? [resolve(import.meta.dirname, '../content')],
    logLevel: set.DRYDOCK_LOG ?? 'info',
  };
}

/** Port 80 is not written in the Origin header that browsers send. */
function originOf(url: string): string {
  return new URL(url).origin;
}

/** Browsers find every name below localhost on their own host; of other names nobody but their owner can know it. */
function previewHostOf(set: string | undefined, origins: readonly string[]): string | null {
  if (set !== undefined) return set === 'off' ? null : set;
  const local = origins.map((origin) => new URL(origin)).find(({ hostname }) => hostname === 'localhost');
  return local?.host ?? null;
}

function unknownNames(environment: Record<string, string | undefined>): string[] {
  const known = Object.keys(SETTINGS.shape);
  return Object.keys(environment)
    .filter((name) => name.startsWith('DRYDOCK_') && !known.includes(name))
    .map((name) => `${name} is not a setting of Drydock. There are: ${known.join(', ')}.`);
}

function describe(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  return `${name} ${issue.message}, but is "${given[name]}". Set it right, or leave it out for the default.`;
}
