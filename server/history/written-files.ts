/** Files below /root that were written since a moment, found by the machine's own `find`: bounded in time and number. */
import type { Probes } from '#server/world/probes/contract.ts';

const NAMES_MAX = 500;
const NAME_CHARACTERS = 300;
const FIND_S = 3;
/** Shells write it at their end, whatever their learner did. */
const NOT_TOLD = ['.bash_history'];

/** None where the machine does not answer in time. */
export async function writtenSince(
  probes: Probes,
  place: { sandbox: string; machine: string },
  since: Date,
): Promise<string[]> {
  const seconds = (since.getTime() / 1000).toFixed(3);
  const script = [
    `timeout ${FIND_S} find /root -xdev -type f -newerct @${seconds} -printf '%P\\0' 2>/dev/null`,
    `head -z -n ${NAMES_MAX}`,
  ].join(' | ');
  const found = await probes.look(place.sandbox, { kind: 'shell', machine: place.machine, script });
  const names = found?.stdout.split('\0') ?? [];
  return names
    .filter((name) => name !== '' && !NOT_TOLD.includes(name))
    .map((name) => name.slice(0, NAME_CHARACTERS));
}
