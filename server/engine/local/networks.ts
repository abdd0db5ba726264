/** The private network of each sandbox: an explicit /28 on a bridge of its own, whose name the firewall knows. */
import { writeFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { EngineError } from '../contract.ts';
import { indexOfNet, machineAddress, machineAt, netAt, NETS } from './addresses.ts';
import { statusOf, unless } from './errors.ts';
import { LABELS } from './labels.ts';

/** Other networks may overlap ours on an engine that is not our own: so many are stepped over. */
const FOREIGN_MAX = 32;

export class Networks {
  readonly #docker: Docker;
  readonly #options: { instance: string; bridgePrefix: string; subnet: string };
  readonly #indexOf = new Map<string, number>();
  /** Nets that somebody else's network overlaps. */
  readonly #foreign = new Set<number>();
  /** Where to look for a free net next: going round keeps a closed sandbox's addresses unused for a while. */
  #next = 0;

  constructor(docker: Docker, options: { instance: string; bridgePrefix: string; subnet: string }) {
    this.#docker = docker;
    this.#options = options;
  }

  /** Learns which nets are taken; the outer engine outlives us. */
  async open(): Promise<void> {
    for (const network of await this.#list()) {
      const sandbox = network.Labels?.[LABELS.sandbox];
      const index = indexOfNet(this.#options.subnet, network.IPAM?.Config?.[0]?.Subnet ?? '');
      if (sandbox && index !== null) this.#indexOf.set(sandbox, index);
    }
    this.#next = Math.max(0, ...this.#indexOf.values());
  }

  nameOf(sandbox: string): string {
    return `${this.#options.bridgePrefix}${sandbox}`;
  }

  addressOf(sandbox: string, machine: string): string {
    const index = this.#indexOf.get(sandbox);
    if (index === undefined) throw new EngineError('machine_unknown', `Sandbox ${sandbox} has no network.`);
    return machineAddress(this.#options.subnet, index, machine);
  }

  machineAt(address: string): { sandbox: string; machine: string } | null {
    const place = machineAt(this.#options.subnet, address);
    if (!place) return null;
    for (const [sandbox, index] of this.#indexOf)
      if (index === place.index) return { sandbox, machine: place.machine };
    return null;
  }

  async create(sandbox: string): Promise<void> {
    if (this.#indexOf.has(sandbox)) return;
    for (let attempt = 0; attempt < FOREIGN_MAX; attempt++) {
      // Taken before the first await: two who create at once must not choose the same net.
      const index = this.#take(sandbox);
      try {
        await this.#create(sandbox, index);
        await this.guard(sandbox);
        return;
      } catch (error) {
        this.#indexOf.delete(sandbox);
        if (!isOverlap(error)) throw error;
        this.#foreign.add(index);
      }
    }
    throw new EngineError('machine_unreachable', `Other networks overlap ${this.#options.subnet}.`);
  }

  /** Says again that forged source addresses are dropped: a bridge forgets it when the outer engine makes it anew. */
  async guard(sandbox: string): Promise<void> {
    await writeFile(`/proc/sys/net/ipv4/conf/${this.nameOf(sandbox)}/rp_filter`, '1');
  }

  async remove(sandbox: string): Promise<void> {
    await unless([404], () => this.#docker.getNetwork(this.nameOf(sandbox)).remove());
    this.#indexOf.delete(sandbox);
  }

  async sandboxes(): Promise<string[]> {
    const networks = await this.#list();
    return networks.flatMap(({ Labels }) => Labels?.[LABELS.sandbox] ?? []);
  }

  #list() {
    return this.#docker.listNetworks({
      filters: { label: [`${LABELS.instance}=${this.#options.instance}`] },
    });
  }

  #take(sandbox: string): number {
    const taken = new Set([...this.#indexOf.values(), ...this.#foreign]);
    for (let step = 0; step < NETS; step++) {
      const index = (this.#next + step) % NETS;
      if (taken.has(index)) continue;
      this.#next = (index + 1) % NETS;
      this.#indexOf.set(sandbox, index);
      return index;
    }
    throw new EngineError('machine_unreachable', `All ${NETS} networks of this host are in use.`);
  }

  async #create(sandbox: string, index: number): Promise<void> {
    const net = netAt(this.#options.subnet, index);
    const name = this.nameOf(sandbox);
    await this.#docker.createNetwork({
      Name: name,
      CheckDuplicate: true,
      Driver: 'bridge',
      // Not Internal: newer engines leave out the route then, and the firewall already lets nothing out.
      Internal: false,
      EnableIPv6: false,
      IPAM: { Config: [{ Subnet: net.subnet, Gateway: net.gateway }] },
      Labels: { [LABELS.instance]: this.#options.instance, [LABELS.sandbox]: sandbox },
      Options: {
        'com.docker.network.bridge.name': name,
        'com.docker.network.bridge.enable_ip_masquerade': 'false',
        'com.docker.network.bridge.enable_icc': 'true',
      },
    });
  }
}

function isOverlap(error: unknown): boolean {
  return statusOf(error) !== null && /overlaps|conflicts with (existing )?network/i.test(String(error));
}
