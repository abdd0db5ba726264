/** The slot of an instance: one number from which its subnet, bridges, firewall table and label follow. */
import { createHash } from 'node:crypto';

export type Instance = {
  slot: number;
  /** Value of our labels. */
  label: string;
  subnet: string;
  /** Sandboxes take their /28s from here. */
  sandboxSubnet: string;
  bridgePrefix: string;
  serviceAddress: string;
  serviceBridge: string;
  firewallTable: string;
};

/** What the host's network already holds: names of links, IPv4 networks, names of nft tables. */
export type HostNetwork = {
  links: string[];
  /** Addresses and on-link routes, as CIDR. */
  networks: string[];
  /** Routes by way of a gateway. */
  routes: string[];
  tables: string[];
};

const DEFAULT_SLOT = 213;
const FIRST_SLOT = 128;
const LAST_SLOT = 254;
export const DEFAULT_DATA_DIRECTORY = '/var/lib/drydock';

export function instanceOf(slot: number): Instance {
  return {
    slot,
    label: `drydock-${slot}`,
    subnet: `10.${slot}.0.0/16`,
    sandboxSubnet: `10.${slot}.0.0/17`,
    bridgePrefix: `dd${slot}-`,
    serviceAddress: `10.${slot}.255.1`,
    serviceBridge: `dd${slot}svc`,
    firewallTable: `drydock_${slot}`,
  };
}

/** Each data directory begins its search elsewhere, so that an instance at rest seldom finds its slot taken. */
export function firstSlot(dataDirectory: string): number {
  if (dataDirectory === DEFAULT_DATA_DIRECTORY) return DEFAULT_SLOT;
  const digest = createHash('sha256').update(dataDirectory).digest().readUInt32BE();
  const slot = FIRST_SLOT + (digest % (LAST_SLOT - FIRST_SLOT));
  return slot === DEFAULT_SLOT ? LAST_SLOT : slot;
}

/** The next slot that collides with nothing on the host; null when there is none. */
export function chooseSlot(first: number, host: HostNetwork): number | null {
  const count = LAST_SLOT - FIRST_SLOT + 1;
  const order = Array.from({ length: count }, (_, i) => FIRST_SLOT + ((first - FIRST_SLOT + i) % count));
  // A site that routes all of 10.0.0.0/8 through a gateway still has room for a /16 of our own.
  const narrow = { ...host, routes: host.routes.filter((route) => Number(route.split('/')[1] ?? 32) >= 16) };
  const free = (network: HostNetwork) => order.find((slot) => !collides(slot, network));
  return free(host) ?? free(narrow) ?? null;
}

function collides(slot: number, host: HostNetwork): boolean {
  const instance = instanceOf(slot);
  return (
    host.links.some((link) => link.startsWith(instance.bridgePrefix) || link === instance.serviceBridge) ||
    host.tables.includes(instance.firewallTable) ||
    [...host.networks, ...host.routes].some((network) => overlap(network, instance.subnet))
  );
}

/** Whether two IPv4 networks share an address; a bare address counts as /32. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  const bits = Math.min(a.bits, b.bits);
  return bits === 0 || a.address >>> (32 - bits) === b.address >>> (32 - bits);
}

function parse(network: string): { address: number; bits: number } {
  const [address = '', bits = '32'] = network.split('/');
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { address: value, bits: Number(bits) };
}
