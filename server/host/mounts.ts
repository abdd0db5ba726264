/** The host's mounts under a directory, as /proc/self/mountinfo tells them (proc(5)). */
import { readFile } from 'node:fs/promises';

export type Mount = { at: string; type: string; source: string };

export async function findMounts(under: string): Promise<Mount[]> {
  return parseMounts(await readFile('/proc/self/mountinfo', 'utf8')).filter(
    ({ at }) => at === under || at.startsWith(`${under}/`),
  );
}

export function parseMounts(text: string): Mount[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const fields = line.split(' ');
      const [type = '', source = ''] = fields.slice(fields.indexOf('-') + 1);
      return { at: unescape(fields[4] ?? ''), type, source: unescape(source) };
    });
}

/** Blanks and the like are written in octal: `\040`. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
