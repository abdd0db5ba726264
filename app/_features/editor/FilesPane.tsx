/** The files of a machine beside its terminals: the tree, the open file, and what can be done with both. */
'use client';
import { useEffect, useState } from 'react';
import type { FeedClientMessage, FeedMessage } from '#server/protocol/feed.ts';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { NotesOf } from '#app/_lib/line-notes.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { useShownTheme } from '#app/_lib/theme.ts';
import { classes } from '#app/_ui/classes.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { FileError, filesApi } from './files-api.ts';
import { NameForm } from './NameForm.tsx';
import { OpenFile } from './OpenFile.tsx';
import { folderOf, HOME, join, nameOf, rowsOf, showName, targetFolder } from './tree.ts';
import { TreeTools } from './TreeTools.tsx';
import { TreeView } from './TreeView.tsx';
import { useDocument } from './use-document.ts';
import { useTree } from './use-tree.ts';
import { useUploads } from './use-uploads.ts';
import { useFilesWords } from './words.ts';

/** As many folders as are watched beside the open file. */
const WATCHED_MOST = 63;

export type FilesPaneProps = {
  sandbox: string;
  machine: string;
  /** False while the machine is being made anew: what is open and unsaved waits for it. */
  live: boolean;
  machines: readonly string[];
  onMachine: (machine: string) => void;
  fontSize: number;
  tell: (message: FeedClientMessage) => void;
  hears: (listener: (message: FeedMessage) => void) => () => void;
  /** What is to be said beside a file's lines; it may have changed with each new function. */
  notes: NotesOf;
};

type Naming = { kind: 'file' | 'folder'; folder: string } | { kind: 'rename'; path: string };

export default function FilesPane(props: FilesPaneProps) {
  const { sandbox, machine, live, machines, onMachine, fontSize, tell, hears, notes } = props;
  const words = useFilesWords();
  const { t, locale } = useI18n();
  const { show } = useVoice();
  const theme = useShownTheme();
  const place = { sandbox, machine };
  const fail = (error: unknown) => {
    const reason = error instanceof FileError ? error.reason : null;
    const general = t.errors[error instanceof ApiError ? error.code : 'internal'];
    show(reason ? words.reasons[reason] : `${general.title}. ${general.text}`, 'fail');
  };
  const handle = useTree(place, HOME, fail);
  const file = useDocument(place, live, fail);
  const [naming, setNaming] = useState<Naming | null>(null);
  const [deleting, setDeleting] = useState<string | null>(null);
  const [dropping, setDropping] = useState(false);
  const uploads = useUploads(place, {
    fail,
    tooLarge: (name) => show(fill(words.tooLarge, { name }), 'fail'),
    done: (folder, amount) => {
      show(fill(count(locale, words.uploaded, amount), { folder }));
      void handle.refresh(folder);
    },
  });
  const { tree, refresh } = handle;
  const { changed, document } = file;

  const path = document?.path ?? null;
  const watched = [...(path === null ? [] : [path]), ...[...tree.open].slice(0, WATCHED_MOST)].join('\0');
  useEffect(() => {
    const paths = watched.split('\0');
    const say = () => tell({ type: 'watch-files', machine, paths });
    say();
    return hears((message) => {
      // A new connection knows nothing of what was said on the old one.
      if (message.type === 'all') say();
      if (message.type !== 'files' || message.machine !== machine) return;
      changed(message.paths);
      for (const folder of message.paths) if (folder !== path && paths.includes(folder)) void refresh(folder);
    });
  }, [watched, path, machine, tell, hears, changed, refresh]);
  useEffect(() => () => tell({ type: 'watch-files', machine, paths: [] }), [tell, machine]);

  const attempt = async (work: () => Promise<unknown>, folder: string) => {
    try {
      await work();
      await refresh(folder);
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };
  const name = async (wanted: string) => {
    if (!naming) return;
    if (naming.kind === 'rename') {
      const folder = folderOf(naming.path);
      const to = join(folder, wanted);
      if (to !== naming.path && !(await file.save())) return;
      const isOpen = path === naming.path;
      if (!(await attempt(() => filesApi.change(place, naming.path, { action: 'move', to }), folder))) return;
      handle.focus(to);
      if (isOpen) void file.open(to);
    } else {
      const at = join(naming.folder, wanted);
      const action = naming.kind === 'file' ? 'create-file' : 'create-directory';
      if (!(await attempt(() => filesApi.change(place, at, { action }), naming.folder))) return;
      handle.toggle(naming.folder, true);
      handle.focus(at);
      if (naming.kind === 'file') void file.open(at);
    }
    setNaming(null);
  };
  const remove = async (gone: string) => {
    setDeleting(null);
    if (!(await attempt(() => filesApi.remove(place, gone), folderOf(gone)))) return;
    if (path === gone || path?.startsWith(`${gone}/`)) file.letGo();
  };

  const folder = targetFolder(tree);
  const rows = rowsOf(tree);
  const row = rows.find((one) => one.path === tree.at) ?? null;
  return (
    <div className="flex h-full min-h-0">
      <section
        className={classes(
          'flex w-64 flex-none flex-col border-r border-line max-wide:w-full max-wide:border-r-0',
          document && 'max-wide:hidden',
          dropping && 'bg-accent-wash',
        )}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={(event) => {
          event.preventDefault();
          setDropping(false);
          void uploads.upload(folder, [...event.dataTransfer.files]);
        }}
      >
        <TreeTools
          machine={machine}
          machines={machines}
          root={tree.root}
          row={row}
          download={(one) => filesApi.download(place, one)}
          onMachine={onMachine}
          onRoot={handle.show}
          onNew={(kind) => setNaming({ kind, folder })}
          onRename={(one) => setNaming({ kind: 'rename', path: one })}
          onDelete={setDeleting}
          onUpload={(files) => void uploads.upload(folder, files)}
        />
        {naming && (
          <NameForm
            key={JSON.stringify(naming)}
            label={
              naming.kind === 'rename'
                ? fill(words.nameAgain, { name: showName(nameOf(naming.path)) })
                : fill(naming.kind === 'file' ? words.nameFile : words.nameFolder, {
                    folder: showName(naming.folder),
                  })
            }
            start={naming.kind === 'rename' ? nameOf(naming.path) : ''}
            action={naming.kind === 'rename' ? words.rename : words.create}
            onName={(wanted) => void name(wanted)}
            onCancel={() => setNaming(null)}
          />
        )}
        {(uploads.state || dropping) && (
          <p role="status" className="border-b border-line px-4 py-2 text-sm text-ink-2">
            {uploads.state
              ? fill(words.uploading, uploads.state)
              : fill(words.drop, { folder: showName(folder) })}
          </p>
        )}
        <div className="min-h-0 flex-1 overflow-auto">
          <TreeView
            label={fill(words.tree, { machine })}
            handle={handle}
            chosen={path}
            onOpen={(one) => void file.open(one)}
            onRename={(one) => setNaming({ kind: 'rename', path: one })}
            onDelete={setDeleting}
          />
        </div>
      </section>
      <section
        className={classes('flex min-w-0 flex-1 flex-col', !document && 'max-wide:hidden')}
        aria-label={path === null ? words.choose : fill(words.editor, { path: showName(path) })}
      >
        <OpenFile
          handle={file}
          download={(one) => filesApi.download(place, one)}
          fontSize={fontSize}
          theme={theme}
          notes={notes}
        />
      </section>
      {deleting !== null && (
        <DeleteDialog
          path={deleting}
          isFolder={rows.some((one) => one.path === deleting && one.entry.kind === 'directory')}
          onDelete={() => void remove(deleting)}
          onCancel={() => setDeleting(null)}
        />
      )}
    </div>
  );
}
