/** Registries of ours: one serves the catalog and can only be read, one fetches what the catalog does not hold. */
import { SERVICE_PORTS } from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { Layout } from './layout.ts';
import type { Instance } from './slot.ts';

/** Ports on the service address that the firewall keeps from machines; used where a front stands before both. */
export const BEHIND_FRONT = { catalog: 5001, hub: 5002 } as const;

/** Settings of docker-registry 2.8 (distribution's configuration.md). */
export function registryText(options: {
  address: string;
  port: number;
  directory: string;
  /** Where to fetch from what is not there; null: nothing is ever written. */
  upstream: string | null;
}): string {
  const { address, port, directory, upstream } = options;
  return `version: 0.1
log:
  level: error
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: ${JSON.stringify(directory)}
  cache:
    blobdescriptor: inmemory
${upstream === null ? READ_ONLY : proxyText(upstream)}http:
  addr: ${address}:${port}
  # Nothing is ever uploaded, so nothing is ever signed with it.
  secret: read-only
`;
}

const READ_ONLY = `  maintenance:
    readonly:
      enabled: true
`;

function proxyText(upstream: string): string {
  return `proxy:
  remoteurl: ${JSON.stringify(upstream)}
`;
}

export function registryCommand(layout: Layout): string[] {
  return ['docker-registry', 'serve', layout.registryConfig];
}

/** @param isFronted another program of ours is what machines meet. */
export function registryDaemon(
  instance: Instance,
  layout: Layout,
  { directory, isFronted }: { directory: string; isFronted: boolean },
): Daemon {
  const port = isFronted ? BEHIND_FRONT.catalog : SERVICE_PORTS.mirror;
  const command = registryCommand(layout);
  return daemonOf({ name: 'registry', command, config: layout.registryConfig, instance, port, directory });
}

export function hubCommand(layout: Layout): string[] {
  return ['docker-registry', 'serve', layout.hubConfig];
}

/** Ends by itself at its start when upstream is out of reach. */
export function hubDaemon(
  instance: Instance,
  layout: Layout,
  { url, directory }: { url: string; directory: string },
): Daemon {
  const command = hubCommand(layout);
  const port = BEHIND_FRONT.hub;
  return daemonOf({
    name: 'hub',
    command,
    config: layout.hubConfig,
    instance,
    port,
    directory,
    upstream: url,
  });
}

function daemonOf(options: {
  name: string;
  command: string[];
  config: string;
  instance: Instance;
  port: number;
  directory: string;
  upstream?: string;
}): Daemon {
  const { name, command, config, port, directory, upstream = null } = options;
  const address = options.instance.serviceAddress;
  return {
    name,
    command,
    // Machines speak to it, so it is nobody. 65534 is nobody and nogroup on every Debian (base-passwd).
    prefix: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'],
    settings: { [config]: registryText({ address, port, directory, upstream }) },
    readyTimeoutMs: 20_000,
    isReady: () =>
      fetch(`http://${address}:${port}/v2/`, { signal: AbortSignal.timeout(2000) }).then(
        (response) => response.ok,
        () => false,
      ),
  };
}
