/** The fingerprint of an English text: it stands in the Chinese file and tells when the two have drifted apart. */
import { createHash } from 'node:crypto';

/** Line ends and blanks at line ends do not count: they change nothing that a translator would mend. */
export function fingerprint(text: string): string {
  const settled = text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
  return createHash('sha256').update(settled).digest('hex').slice(0, 12);
}
