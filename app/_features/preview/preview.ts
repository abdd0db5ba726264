/** Which previews are open in the page, and where each of them lies; pure. */
import type { PreviewsView, PublishedPort } from '#server/protocol/preview.ts';

/** A port of a machine, and where in what it serves. */
export type Place = { machine: string; port: number; path: string };

/** In the order in which they were opened. */
export type OpenPreviews = readonly Place[];

export type PortKey = Pick<Place, 'machine' | 'port'>;

export function keyOf({ machine, port }: PortKey): string {
  return `${machine}:${port}`;
}

/** Without a slash at its end. */
export function addressOf({ address }: PreviewsView, { machine, port }: PortKey): string {
  return address.replace('{machine}', machine).replace('{port}', String(port));
}

/** On a path of the app's own origin, a page must never be let be of that origin. */
export function isIsolated({ address }: PreviewsView): boolean {
  return !address.startsWith('/');
}

/** What is published, and what is open and no longer so: a tab does not vanish under the learner's hand. */
export function tabsOf(ports: readonly PublishedPort[], open: OpenPreviews): PortKey[] {
  const published = new Set(ports.map(keyOf));
  const left = open.filter((place) => !published.has(keyOf(place)));
  const byPlace = (one: PortKey, other: PortKey) =>
    one.machine.localeCompare(other.machine) || one.port - other.port;
  return [...ports, ...left].map(({ machine, port }) => ({ machine, port })).toSorted(byPlace);
}

/** What somebody types into an address line: `docs`, `/docs?a=b`, or the whole address. */
export function pathOf(typed: string): string {
  const text = typed.trim();
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  const path = url ? url.pathname + url.search + url.hash : text;
  // Two slashes would begin the name of another host.
  return `/${path.replace(/^[/\\]+/, '')}`;
}
