/** The tree of files: which folders are open, what was read of each, and the rows that this makes; pure. */
import type { FileEntry } from '#server/protocol/files.ts';

export type Folder = { entries: readonly FileEntry[]; more: boolean };
export type Tree = {
  root: string;
  folders: ReadonlyMap<string, Folder>;
  open: ReadonlySet<string>;
  /** The row that has the focus of the tree. */
  at: string | null;
};

export type Row = {
  path: string;
  /** Shown: what does not print is escaped. */
  name: string;
  level: number;
  entry: FileEntry;
  isFolder: boolean;
  isOpen: boolean;
};

export const HOME = '/root';

export function treeOf(root: string): Tree {
  return { root, folders: new Map(), open: new Set([root]), at: null };
}

export const join = (folder: string, name: string) => (folder === '/' ? `/${name}` : `${folder}/${name}`);
export const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1) || '/';

export function leadsToFolder(entry: FileEntry): boolean {
  return entry.kind === 'directory' || entry.target === 'directory';
}

/** Links to folders are folders here; one that leads to itself opens only as deep as somebody opens it. */
export function rowsOf(tree: Tree): Row[] {
  const rows: Row[] = [];
  const add = (folder: string, level: number) => {
    for (const entry of sorted(tree.folders.get(folder)?.entries ?? [])) {
      const path = join(folder, entry.name);
      const isFolder = entry.openable && leadsToFolder(entry);
      const isOpen = isFolder && tree.open.has(path);
      rows.push({ path, name: showName(entry.name), level, entry, isFolder, isOpen });
      if (isOpen) add(path, level + 1);
    }
  };
  add(tree.root, 1);
  return rows;
}

function sorted(entries: readonly FileEntry[]): FileEntry[] {
  return entries.toSorted(
    (a, b) => Number(leadsToFolder(b)) - Number(leadsToFolder(a)) || a.name.localeCompare(b.name),
  );
}

/** Line breaks, other controls, and marks that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function showName(name: string): string {
  return name.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

export function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');
}

export function read(tree: Tree, path: string, folder: Folder): Tree {
  return { ...tree, folders: new Map(tree.folders).set(path, folder) };
}

export function toggle(tree: Tree, path: string, isOpen: boolean): Tree {
  const open = new Set(tree.open);
  if (isOpen) open.add(path);
  else open.delete(path);
  return { ...tree, open, at: path };
}

/** A folder that is gone: nothing of it is kept. */
export function forget(tree: Tree, path: string): Tree {
  const isIn = (one: string) => one === path || one.startsWith(`${path}/`);
  return {
    ...tree,
    folders: new Map([...tree.folders].filter(([one]) => !isIn(one))),
    open: new Set([...tree.open].filter((one) => one === tree.root || !isIn(one))),
    at: tree.at !== null && isIn(tree.at) ? null : tree.at,
  };
}

/** The folder in which something new is put: the row's own, or the one it lies in. */
export function targetFolder(tree: Tree): string {
  const row = rowsOf(tree).find(({ path }) => path === tree.at);
  if (!row) return tree.root;
  return row.isFolder ? row.path : folderOf(row.path);
}

/** Where a key leads from a row; null where the key means nothing. */
export function step(rows: readonly Row[], at: number, key: string): number | null {
  const row = rows[at];
  if (key === 'ArrowDown') return Math.min(at + 1, rows.length - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return rows.length - 1;
  if (key === 'ArrowLeft' && row)
    return Math.max(
      0,
      rows.findLastIndex((one, index) => index < at && one.level < row.level),
    );
  if (key === 'ArrowRight' && row?.isOpen && (rows[at + 1]?.level ?? 0) > row.level) return at + 1;
  return null;
}
