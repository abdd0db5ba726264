/** Where a program's redirect leads, in the browser's terms: programs know their machine's ports, not our addresses. */
import { type Addresses, type Destination, nameOf } from './address.ts';

/** @param host as the browser sent it */
export function movedTo(
  location: string,
  asked: Destination,
  { addresses, host }: { addresses: Addresses; host: string },
): string {
  const isPath = location.startsWith('/') && !/^\/[/\\]/.test(location);
  // Paths of the program lie under the preview's own.
  if (isPath) return addresses.isolated ? location : addresses.addressOf(asked) + location;
  if (!/^(https?:)?[/\\]{2}/i.test(location)) return location;
  const url = URL.parse(location, `http://${host || 'localhost'}/`);
  if (!url) return location;
  const rest = url.pathname + url.search + url.hash;
  const isLocal = ['localhost', '127.0.0.1', asked.machine].includes(url.hostname);
  // nginx tells the Host that it was given, but the port that it listens on: in a container, another one.
  if (addresses.isolated && nameOf(url.host) === nameOf(host)) return rest;
  if (!isLocal || url.protocol !== 'http:') return location;
  const port = Number(url.port || 80);
  const there = addresses.addressOf({ ...asked, port });
  return addresses.isolated && port === asked.port ? rest : there + rest;
}
