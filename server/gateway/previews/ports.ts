/** Which ports the containers of a sandbox publish now, and word of each change. */
import { Emitter, type Unsubscribe } from '#server/lib/emitter.ts';
import { PORTS_MAX, type PublishedPort } from '#server/protocol/preview.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { World, Worlds } from '#server/world/contract.ts';

export type PortsEvent = { sandbox: string; ports: PublishedPort[] };

export type PortsOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  worlds: Pick<Worlds, 'get' | 'on'>;
};

export class Ports implements Disposable {
  readonly #options: PortsOptions;
  readonly #events = new Emitter<PortsEvent>();
  /** As last told. */
  readonly #told = new Map<string, string>();
  readonly #ends: Unsubscribe[];

  constructor(options: PortsOptions) {
    this.#options = options;
    const { worlds, sandboxes } = options;
    this.#ends = [
      worlds.on(({ sandbox }) => this.#look(sandbox)),
      sandboxes.on((event) => {
        // A machine that is not up publishes nothing.
        if (event.type === 'machine-down' || event.type === 'changed') this.#look(event.sandbox.id);
      }),
    ];
  }

  of(sandbox: string): PublishedPort[] {
    const { sandboxes, worlds } = this.#options;
    const machines = sandboxes.get(sandbox)?.machines.keys() ?? [];
    return Array.from(machines)
      .toSorted()
      .flatMap((machine) => portsOf(machine, worlds.get(sandbox, machine)));
  }

  on(listener: (event: PortsEvent) => void): Unsubscribe {
    return this.#events.on(listener);
  }

  [Symbol.dispose](): void {
    for (const end of this.#ends) end();
  }

  #look(sandbox: string): void {
    const ports = this.of(sandbox);
    const now = JSON.stringify(ports);
    if (now === (this.#told.get(sandbox) ?? '[]')) return;
    if (ports.length > 0) this.#told.set(sandbox, now);
    else this.#told.delete(sandbox);
    this.#events.emit({ sandbox, ports });
  }
}

/** Ports that a browser can come to: TCP, of running containers, not bound to an address inside the machine alone. */
export function portsOf(machine: string, world: World | null): PublishedPort[] {
  if (!world?.connected) return [];
  const found = new Map<number, PublishedPort>();
  for (const { state, name, ports } of world.containers.values()) {
    if (state !== 'running') continue;
    for (const { hostPort, hostIp, protocol } of ports)
      if (hostPort && protocol === 'tcp' && (hostIp === '0.0.0.0' || hostIp === ''))
        found.set(hostPort, { machine, port: hostPort, container: name.slice(0, 255) });
  }
  return Array.from(found.values())
    .toSorted((one, other) => one.port - other.port)
    .slice(0, PORTS_MAX);
}
