/** The registry that serves the catalog to machines as a plain mirror; it can only be read. */
import { SERVICE_PORTS } from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { Layout } from './layout.ts';
import type { Instance } from './slot.ts';

/** Settings of docker-registry 2.8 (distribution's configuration.md). */
export function registryText(instance: Instance, registryDirectory: string): string {
  return `version: 0.1
log:
  level: error
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: ${JSON.stringify(registryDirectory)}
  cache:
    blobdescriptor: inmemory
  maintenance:
    readonly:
      enabled: true
http:
  addr: ${instance.serviceAddress}:${SERVICE_PORTS.mirror}
  # Nothing is ever uploaded, so nothing is ever signed with it.
  secret: read-only
`;
}

export function registryCommand(layout: Layout): string[] {
  return ['docker-registry', 'serve', layout.registryConfig];
}

export function registryDaemon(instance: Instance, layout: Layout, registryDirectory: string): Daemon {
  return {
    name: 'registry',
    command: registryCommand(layout),
    // Machines speak to it, so it is nobody. 65534 is nobody and nogroup on every Debian (base-passwd).
    prefix: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'],
    settings: { [layout.registryConfig]: registryText(instance, registryDirectory) },
    readyTimeoutMs: 20_000,
    isReady: () =>
      fetch(`http://${instance.serviceAddress}:${SERVICE_PORTS.mirror}/v2/`, {
        signal: AbortSignal.timeout(2000),
      }).then(
        (response) => response.ok,
        () => false,
      ),
  };
}
