/** What is open: its path, whether it is saved, and the editor, or why there is none. */
'use client';
import { ArrowLeft, Download } from 'lucide-react';
import { lazy, Suspense, useId, useState, type ReactNode } from 'react';
import { formatBytes } from '#app/_lib/sizes.ts';
import type { LineNote, NotesOf } from '#app/_lib/line-notes.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { ShownTheme } from '#app/_lib/preferences.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { isUnsaved, type Document } from './document.ts';
import type { HelpView } from './help/attach.ts';
import { showName } from './tree.ts';
import type { DocumentHandle } from './use-document.ts';
import { useFilesWords } from './words.ts';

// The editor weighs more than all other pages together: it comes with the first text that is opened.
const TextEditor = lazy(async () => {
  // Its own words are read while it is loaded: English, unless others are there by then.
  if (document.documentElement.lang.startsWith('zh')) await import('monaco-editor/nls/lang/zh-cn.js');
  return import('./TextEditor.tsx');
});
const HelpTools = lazy(() => import('./help/HelpTools.tsx'));
const ProblemList = lazy(() => import('./help/ProblemList.tsx'));

const NONE: readonly LineNote[] = [];

type OpenFileProps = {
  handle: DocumentHandle;
  download: (path: string) => string;
  fontSize: number;
  theme: ShownTheme;
  notes: NotesOf;
};

export function OpenFile({ handle, download, fontSize, theme, notes }: OpenFileProps) {
  const t = useFilesWords();
  const { document } = handle;
  const [help, setHelp] = useState<HelpView | null>(null);
  const [isListed, setListed] = useState(false);
  const listId = useId();
  const takeHelp = (seen: HelpView | null) => {
    setHelp(seen);
    // It opens when it is asked for, not with the next slip.
    if (!seen || seen.problems.length === 0) setListed(false);
  };
  if (!document) return <Words title={t.choose} text={fill(t.chooseText, { keys: saveKeys() })} />;
  const { path, seen, conflict } = document;
  const shown = showName(path);
  const noted = seen.type === 'text' && conflict === null ? notes(path, document.text) : null;
  return (
    <>
      <div className="flex h-9 flex-none items-center gap-3 border-b border-line pr-2 pl-4 text-sm pointer-coarse:h-11">
        <IconButton label={t.back} className="-ml-3 wide:hidden" onClick={() => void handle.close()}>
          <ArrowLeft />
        </IconButton>
        <span className="truncate font-mono text-mono-xs" title={shown}>
          {shown}
        </span>
        {help && (
          <Suspense>
            <HelpTools
              help={help}
              isOpen={isListed}
              listId={listId}
              onToggle={() => setListed((before) => !before)}
            />
          </Suspense>
        )}
        <State document={document} />
      </div>
      {conflict !== null && (
        <div role="alert" className="line-notice animate-none! flex-wrap text-sm">
          <span className="flex-1">{conflict === 'gone' ? t.gone : t.conflict}</span>
          <Button onClick={() => void handle.keepMine()}>{t.mine}</Button>
          <Button onClick={() => (conflict === 'gone' ? handle.letGo() : handle.takeTheirs())}>
            {conflict === 'gone' ? t.letGo : t.theirs}
          </Button>
        </div>
      )}
      {noted?.above && (
        <p role="status" className="flex-none border-b border-line bg-paper px-4 py-1.5 text-sm text-ink-2">
          {noted.above}
        </p>
      )}
      {seen.type === 'text' ? (
        <div className="min-h-0 flex-1">
          <Suspense fallback={<p className="px-4 py-3 text-sm text-ink-3">{t.loading}</p>}>
            <TextEditor
              path={path}
              text={document.text}
              round={document.round}
              other={conflict === null || conflict === 'gone' ? null : conflict.text}
              label={fill(t.editor, { path: shown })}
              fontSize={fontSize}
              theme={theme}
              notes={noted?.lines ?? NONE}
              onEdit={handle.edit}
              onSave={() => void handle.save()}
              onHelp={takeHelp}
              onProblems={() => setListed(true)}
            />
          </Suspense>
        </div>
      ) : (
        <NoText document={document}>
          {seen.type !== 'special' && (
            <ButtonLink href={download(path)} download>
              <Download /> {t.download}
            </ButtonLink>
          )}
        </NoText>
      )}
      {isListed && help && help.problems.length > 0 && (
        <Suspense>
          <ProblemList id={listId} help={help} path={shown} onClose={() => setListed(false)} />
        </Suspense>
      )}
    </>
  );
}

function State({ document }: { document: Document }) {
  const t = useFilesWords();
  if (document.seen.type !== 'text') return null;
  const unsaved = isUnsaved(document);
  return (
    <span role="status" className="ml-auto flex flex-none items-center gap-1.5 text-ink-3">
      {unsaved && <span aria-hidden="true" className="size-2 rounded-full bg-near" />}
      {document.saving ? t.saving : unsaved ? t.unsaved : t.saved}
    </span>
  );
}

function NoText({ document: { seen }, children }: { document: Document; children: ReactNode }) {
  const t = useFilesWords();
  if (seen.type === 'binary' || seen.type === 'large') {
    const isLarge = seen.type === 'large';
    return (
      <Words
        title={isLarge ? t.largeTitle : t.binaryTitle}
        text={fill(isLarge ? t.largeText : t.binaryText, { size: formatBytes(seen.bytes) })}
      >
        {children}
      </Words>
    );
  }
  const kind = seen.type === 'special' ? seen.kind : 'device';
  const words = kind === 'pipe' || kind === 'socket' ? t.specialText[kind] : t.specialText.device;
  return <Words title={t.specialTitle} text={words} />;
}

function Words({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-start justify-center gap-2 px-8 py-6">
      <p className="text-md font-strong">{title}</p>
      <p className="max-w-[48ch] text-ink-2">{text}</p>
      {children && <div className="pt-2">{children}</div>}
    </div>
  );
}

function saveKeys(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘S' : 'Ctrl+S';
}
