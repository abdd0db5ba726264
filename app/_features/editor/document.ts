/** The file that is open: what was seen of it, what was written, and what becomes of both when it changes elsewhere; pure. */
import type { FileView } from '#server/protocol/files.ts';

export type Document = {
  path: string;
  /** As it was last seen in the machine, or saved there. */
  seen: FileView;
  /** What the editor shows. */
  text: string;
  saving: boolean;
  /** What stands in the machine instead, while something unsaved is here; `gone` where nothing does. */
  conflict: Extract<FileView, { type: 'text' }> | 'gone' | null;
  /** Raised when the text comes from the machine: the editor takes it over. */
  round: number;
};

export function opened(view: FileView, before: Document | null): Document {
  const text = view.type === 'text' ? view.text : '';
  return {
    path: view.path,
    seen: view,
    text,
    saving: false,
    conflict: null,
    round: (before?.round ?? 0) + 1,
  };
}

export function isUnsaved(document: Document): boolean {
  return document.seen.type === 'text' && document.text !== document.seen.text;
}

export function edited(document: Document, text: string): Document {
  return { ...document, text };
}

/** `text` is what was sent: more may have been written since. */
export function saved(document: Document, text: string, version: string): Document {
  if (document.seen.type !== 'text') return document;
  return { ...document, seen: { ...document.seen, text, version }, saving: false, conflict: null };
}

/** The machine was looked at again; null: nothing stands there any more. */
export function seenAgain(document: Document, view: FileView | null): Document {
  if (document.seen.type !== 'text' || !isUnsaved(document))
    return view ? (isSame(document.seen, view) ? document : opened(view, document)) : document;
  if (view?.type === 'text') {
    if (view.version === document.seen.version) return { ...document, conflict: null };
    // Both wrote the same.
    if (view.text === document.text) return { ...document, seen: view, conflict: null, saving: false };
    return { ...document, conflict: view, saving: false };
  }
  return { ...document, conflict: 'gone', saving: false };
}

function isSame(one: FileView, other: FileView): boolean {
  return one.type === 'text' && other.type === 'text' && one.version === other.version;
}

/** With what is written here, to be saved over what stands there now. */
export function keptMine(document: Document): Document {
  const { conflict } = document;
  if (conflict === null || conflict === 'gone') return { ...document, conflict: null };
  return { ...document, seen: conflict, conflict: null };
}

export function tookTheirs(document: Document): Document | null {
  const { conflict } = document;
  return conflict === null || conflict === 'gone' ? null : opened(conflict, document);
}
