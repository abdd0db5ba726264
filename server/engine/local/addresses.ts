/** Which addresses sandboxes and their machines get: /28 nets from the lower half of the instance's /16. */

/** Nets of sixteen addresses in half of a /16. */
export const NETS = 2048;
const ADDRESSES_A_NET = 16;

export type Net = { subnet: string; gateway: string };

/** @param subnet the instance's net, `10.213.0.0/16`. */
export function netAt(subnet: string, index: number): Net {
  if (index < 0 || index >= NETS) throw new RangeError(`invariant: there is no net ${index}`);
  return {
    subnet: `${addressAt(subnet, index * ADDRESSES_A_NET)}/28`,
    gateway: addressAt(subnet, index * ADDRESSES_A_NET + 1),
  };
}

/** The index of a /28 such as `10.213.0.16/28`; null where it is none of ours. */
export function indexOfNet(subnet: string, net: string): number | null {
  const [address, bits] = net.split('/');
  const parts = (address ?? '').split('.').map(Number);
  if (bits !== '28' || parts.length !== 4 || !net.startsWith(prefixOf(subnet))) return null;
  const index = (parts[2]! * 256 + parts[3]!) / ADDRESSES_A_NET;
  return Number.isInteger(index) && index < NETS ? index : null;
}

/** `node1` is always the third address of its net: it keeps its address over sleep and being made anew. */
export function machineAddress(subnet: string, index: number, machine: string): string {
  const number = Number(/^node([1-9])$/.exec(machine)?.[1]);
  if (!number) throw new RangeError(`invariant: ${machine} is no machine's name`);
  return addressAt(subnet, index * ADDRESSES_A_NET + 1 + number);
}

/** The reverse of `machineAddress`; null where the address is no machine's. */
export function machineAt(subnet: string, address: string): { index: number; machine: string } | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || !address.startsWith(prefixOf(subnet))) return null;
  const offset = parts[2]! * 256 + parts[3]!;
  const index = Math.floor(offset / ADDRESSES_A_NET);
  const number = (offset % ADDRESSES_A_NET) - 1;
  return index < NETS && number >= 1 && number <= 9 ? { index, machine: `node${number}` } : null;
}

function addressAt(subnet: string, offset: number): string {
  return `${prefixOf(subnet)}${Math.floor(offset / 256)}.${offset % 256}`;
}

/** `10.213.` */
function prefixOf(subnet: string): string {
  const match = /^(\d{1,3}\.\d{1,3}\.)0\.0\/16$/.exec(subnet);
  if (!match) throw new RangeError(`invariant: ${subnet} is no /16`);
  return match[1]!;
}
