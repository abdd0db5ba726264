/** Names of files as a page shows them: Linux takes any bytes, JSON takes text. */

/** A name that is not UTF-8 is shown with its odd bytes as `\xff`, and not asked for: rename it in the terminal. */
export function showName(bytes: Buffer): { name: string; openable: boolean } {
  const name = bytes.toString('utf8');
  if (Buffer.from(name).equals(bytes)) return { name, openable: true };
  return { name: escapeBytes(bytes), openable: false };
}

/** Walks from one well-formed piece to the next. */
function escapeBytes(bytes: Buffer): string {
  let shown = '';
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((size) => isCharacter(bytes.subarray(at, at + size)));
    shown +=
      length === undefined
        ? `\\x${bytes[at]!.toString(16).padStart(2, '0')}`
        : bytes.toString('utf8', at, at + length);
    at += length ?? 1;
  }
  return shown;
}

function isCharacter(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return !text.includes('\ufffd') && Buffer.from(text).equals(bytes);
}
