/** The tree as one sees it: rows with their keys, folders that open, files that are chosen. */
'use client';
import { ChevronDown, ChevronRight, File, FileSymlink, Folder } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { classes } from '#app/_ui/classes.ts';
import { rowsOf, step, type Row } from './tree.ts';
import type { TreeHandle } from './use-tree.ts';
import { useFilesWords } from './words.ts';

type TreeProps = {
  label: string;
  handle: TreeHandle;
  chosen: string | null;
  onOpen: (path: string) => void;
  onRename: (path: string) => void;
  onDelete: (path: string) => void;
};

export function TreeView({ label, handle, chosen, onOpen, onRename, onDelete }: TreeProps) {
  const t = useFilesWords();
  const { tree } = handle;
  const rows = useMemo(() => rowsOf(tree), [tree]);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    rows.findIndex(({ path }) => path === tree.at),
  );

  useEffect(() => {
    // Only while the focus is in the tree already: what changes elsewhere takes nobody's focus.
    if (list.current?.contains(document.activeElement))
      (list.current.children[at] as HTMLElement | undefined)?.focus();
  }, [at]);

  const act = (row: Row) => {
    if (row.isFolder) return handle.toggle(row.path, !row.isOpen);
    handle.focus(row.path);
    if (row.entry.openable) onOpen(row.path);
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const done = () => event.preventDefault();
    if (event.key === 'Enter' || event.key === ' ') return (done(), act(row));
    if (event.key === 'F2' && row.entry.openable) return (done(), onRename(row.path));
    if (event.key === 'Delete' && row.entry.openable) return (done(), onDelete(row.path));
    if (event.key === 'ArrowRight' && row.isFolder && !row.isOpen)
      return (done(), handle.toggle(row.path, true));
    if (event.key === 'ArrowLeft' && row.isOpen) return (done(), handle.toggle(row.path, false));
    const to = step(rows, at, event.key);
    if (to === null) return;
    done();
    handle.focus(rows[to]!.path);
  };

  const folder = tree.folders.get(tree.root);
  const isCut = [...tree.open].some((path) => tree.folders.get(path)?.more);
  return (
    <>
      <div ref={list} role="tree" aria-label={label} className="py-1 text-sm" onKeyDown={press}>
        {rows.map((row, index) => (
          <div
            key={row.path}
            role="treeitem"
            aria-level={row.level}
            aria-expanded={row.isFolder ? row.isOpen : undefined}
            aria-selected={row.path === chosen}
            tabIndex={index === at ? 0 : -1}
            title={row.entry.openable ? undefined : t.oddName}
            className={classes(
              'flex min-h-(--hit) cursor-default items-center gap-1.5 pr-3 whitespace-nowrap select-none hover:bg-well focus-visible:outline-offset-[-2px]',
              row.path === chosen && 'bg-accent-wash font-strong',
              !row.entry.openable && 'text-ink-3',
            )}
            style={{ paddingLeft: `${12 + (row.level - 1) * 14}px` }}
            onFocus={() => row.path !== tree.at && handle.focus(row.path)}
            onClick={() => act(row)}
          >
            <Mark row={row} />
            <span className="truncate">{row.name}</span>
          </div>
        ))}
      </div>
      {folder?.entries.length === 0 && <p className="px-4 py-2 text-sm text-ink-3">{t.empty}</p>}
      {isCut && <p className="px-4 py-2 text-sm text-ink-3">{t.moreEntries}</p>}
      {!folder && <p className="px-4 py-2 text-sm text-ink-3">{t.loading}</p>}
    </>
  );
}

function Mark({ row }: { row: Row }) {
  const arrow = row.isOpen ? <ChevronDown /> : <ChevronRight />;
  return (
    <span className="flex flex-none items-center gap-1 text-ink-3">
      <span className="w-4">{row.isFolder && arrow}</span>
      {row.isFolder ? <Folder /> : row.entry.kind === 'link' ? <FileSymlink /> : <File />}
    </span>
  );
}
