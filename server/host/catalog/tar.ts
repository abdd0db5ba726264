/** Writes a directory as a layer archive: sorted, dates clamped, and the overlay's whiteouts in the form images use. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK = 512;
/** Larger files are streamed, smaller ones read whole. */
const READ_WHOLE_BYTES = 1024 * 1024;

export type TarEntry = {
  path: string;
  type: 'file' | 'directory' | 'symlink' | 'hardlink';
  mode: number;
  uid: number;
  gid: number;
  size: number;
  mtimeSeconds: number;
  linkTarget?: string;
};

const TYPE_FLAGS = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;

/**
 * The archive of all below `directory`, in pieces. Dates after `newestSeconds` are set to it. Device nodes, sockets and
 * pipes are left out: an engine makes /dev itself, and in a user namespace could not unpack them. A character device
 * 0:0 is an overlay's whiteout (kernel: filesystems/overlayfs.rst) and becomes `.wh.NAME` (OCI image spec, layer.md).
 */
export async function* tarDirectory(directory: string, newestSeconds: number): AsyncGenerator<Buffer> {
  const seen = new Map<string, string>();
  for await (const path of walk(directory, '')) {
    const full = join(directory, path);
    const stat = await lstat(full);
    const common = {
      path,
      mode: stat.mode & 0o7777,
      uid: stat.uid,
      gid: stat.gid,
      size: 0,
      mtimeSeconds: Math.min(Math.floor(stat.mtimeMs / 1000), newestSeconds),
    };
    if (stat.isDirectory()) yield tarHeader({ ...common, path: `${path}/`, type: 'directory' });
    else if (stat.isSymbolicLink())
      yield tarHeader({ ...common, type: 'symlink', linkTarget: await readlink(full), mode: 0o777 });
    else if (stat.isCharacterDevice() && stat.rdev === 0)
      yield tarHeader({ ...common, path: whiteout(path), type: 'file', mode: 0o644, uid: 0, gid: 0 });
    else if (stat.isFile()) {
      const inode = `${stat.dev}:${stat.ino}`;
      const first = stat.nlink > 1 ? seen.get(inode) : undefined;
      if (first !== undefined) {
        yield tarHeader({ ...common, type: 'hardlink', linkTarget: first });
        continue;
      }
      if (stat.nlink > 1) seen.set(inode, path);
      yield tarHeader({ ...common, type: 'file', size: stat.size });
      yield* contents(full, stat.size);
    }
  }
  yield Buffer.alloc(2 * BLOCK);
}

async function* contents(path: string, size: number): AsyncGenerator<Buffer> {
  if (size <= READ_WHOLE_BYTES) yield await readFile(path);
  else yield* createReadStream(path, { highWaterMark: READ_WHOLE_BYTES });
  if (size % BLOCK) yield Buffer.alloc(BLOCK - (size % BLOCK));
}

function whiteout(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  return `${path.slice(0, cut)}.wh.${path.slice(cut)}`;
}

/** Sorted by code unit, a directory before what is in it. */
async function* walk(root: string, below: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    yield path;
    if (entry.isDirectory()) yield* walk(root, path);
  }
}

/** One header (POSIX ustar), with a pax record before it where a name is too long or not ASCII. */
export function tarHeader(entry: TarEntry): Buffer {
  const target = entry.linkTarget ?? '';
  const records = [fits(entry.path) ? '' : paxRecord('path', entry.path)];
  if (!fits(target)) records.push(paxRecord('linkpath', target));
  const pax = records.join('');
  const header = ustar(entry, TYPE_FLAGS[entry.type]);
  if (!pax) return header;
  const body = Buffer.from(pax);
  const extra: TarEntry = {
    ...entry,
    path: 'pax',
    linkTarget: '',
    type: 'file',
    mode: 0o644,
    size: body.length,
  };
  return Buffer.concat([
    ustar(extra, 'x'),
    body,
    Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK),
    header,
  ]);
}

function fits(name: string): boolean {
  return Buffer.byteLength(name) <= 100 && /^[\x20-\x7e]*$/.test(name);
}

/** `LENGTH KEY=VALUE\n`, where LENGTH counts itself (pax in POSIX.1-2017). */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (String(length).length > String(bytes).length) length++;
  return `${length}${rest}`;
}

function ustar(entry: TarEntry, flag: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number) =>
    header.write(value.toString(8).padStart(width - 1, '0'), at, width - 1, 'ascii');
  header.write(entry.path, 0, 100, 'utf8');
  octal(entry.mode, 100, 8);
  octal(entry.uid, 108, 8);
  octal(entry.gid, 116, 8);
  octal(entry.size, 124, 12);
  octal(entry.mtimeSeconds, 136, 12);
  header.write('        ', 148, 8, 'ascii');
  header.write(flag, 156, 1, 'ascii');
  header.write(entry.linkTarget ?? '', 157, 100, 'utf8');
  header.write('ustar\x0000', 257, 8, 'latin1');
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  header.write('\0 ', 154, 2, 'latin1');
  return header;
}
