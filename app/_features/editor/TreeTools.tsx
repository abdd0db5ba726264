/** What one does with the tree by hand: something new, upload, and more with the row that is chosen. */
'use client';
import { Ellipsis, FilePlus, FolderPlus, Upload } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { Menu } from '#app/_ui/Menu.tsx';
import type { MenuItem } from '#app/_ui/menu-item.ts';
import { HOME, type Row } from './tree.ts';
import { useFilesWords } from './words.ts';

type ToolsProps = {
  machine: string;
  machines: readonly string[];
  root: string;
  row: Row | null;
  download: (path: string) => string;
  onMachine: (machine: string) => void;
  onRoot: (root: string) => void;
  onNew: (kind: 'file' | 'folder') => void;
  onRename: (path: string) => void;
  onDelete: (path: string) => void;
  onUpload: (files: File[]) => void;
};

export function TreeTools(props: ToolsProps) {
  const { machine, machines, root, row, download, onMachine, onRoot, onNew, onRename, onDelete, onUpload } =
    props;
  const t = useFilesWords();
  const input = useRef<HTMLInputElement>(null);
  const can = row?.entry.openable ?? false;
  const isFile = can && !row?.isFolder && (row?.entry.target ?? row?.entry.kind) === 'file';
  const items: MenuItem[] = [
    {
      kind: 'action',
      label: t.rename,
      keys: 'F2',
      disabled: !can,
      onSelect: () => row && onRename(row.path),
    },
    {
      kind: 'action',
      label: t.download,
      disabled: !isFile,
      onSelect: () => row && fetchByLink(download(row.path)),
    },
    {
      kind: 'action',
      label: t.remove,
      keys: 'Del',
      disabled: !can,
      onSelect: () => row && onDelete(row.path),
    },
    { kind: 'line' },
    { kind: 'choice', label: t.home, chosen: root === HOME, onSelect: () => onRoot(HOME) },
    { kind: 'choice', label: t.whole, chosen: root === '/', onSelect: () => onRoot('/') },
    ...(machines.length > 1
      ? [
          { kind: 'line' } as const,
          ...machines.map((one): MenuItem => ({
            kind: 'choice',
            label: one,
            chosen: one === machine,
            onSelect: () => onMachine(one),
          })),
        ]
      : []),
  ];
  return (
    <div className="flex h-9 flex-none items-center border-b border-line pr-1 pl-4 pointer-coarse:h-11">
      <span className="mr-auto truncate font-mono text-mono-xs text-ink-2">
        {machines.length > 1 ? `${machine}:${root}` : root}
      </span>
      <IconButton label={t.newFile} onClick={() => onNew('file')}>
        <FilePlus />
      </IconButton>
      <IconButton label={t.newFolder} onClick={() => onNew('folder')}>
        <FolderPlus />
      </IconButton>
      <IconButton label={t.upload} onClick={() => input.current?.click()}>
        <Upload />
      </IconButton>
      <Menu label={t.more} items={items}>
        <Ellipsis />
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t.upload}
        onChange={(event) => {
          onUpload([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </div>
  );
}

function fetchByLink(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
