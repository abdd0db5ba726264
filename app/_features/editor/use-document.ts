/** The open file: looked at, written, saved under the version that was seen, and looked at again when it changes. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  edited,
  isUnsaved,
  keptMine,
  opened,
  saved,
  seenAgain,
  tookTheirs,
  type Document,
} from './document.ts';
import { FileError, filesApi, type Over, type Place } from './files-api.ts';

export type DocumentHandle = {
  document: Document | null;
  /** False where what is open could not be saved: it stays. */
  open: (path: string) => Promise<boolean>;
  close: () => Promise<void>;
  edit: (text: string) => void;
  save: () => Promise<boolean>;
  keepMine: () => Promise<void>;
  takeTheirs: () => void;
  /** Closes it, saved or not: it was deleted. */
  letGo: () => void;
  /** Something was told of these paths. */
  changed: (paths: readonly string[]) => void;
};

/** @param live false while there is no machine to save to; what is written meanwhile stays unsaved */
export function useDocument(place: Place, live: boolean, fail: (error: unknown) => void): DocumentHandle {
  const [document, setDocument] = useState<Document | null>(null);
  const now = useRef(document);
  const saving = useRef<Promise<boolean> | null>(null);
  const failed = useRef(fail);
  useEffect(() => {
    failed.current = fail;
  });
  const { sandbox, machine } = place;
  const change = useCallback((how: (before: Document | null) => Document | null) => {
    now.current = how(now.current);
    setDocument(now.current);
  }, []);

  const lookAgain = useCallback(
    async (path: string) => {
      const view = await filesApi.look({ sandbox, machine }, path).catch((error: unknown) => {
        if (error instanceof FileError && error.code === 'file_not_found') return null;
        // Out of reach for a moment: the next change or the next save finds out.
        return undefined;
      });
      if (view !== undefined) change((before) => (before?.path === path ? seenAgain(before, view) : before));
    },
    [sandbox, machine, change],
  );

  const write = useCallback(
    async (over: Over | null): Promise<boolean> => {
      const asked = now.current;
      if (!asked || asked.seen.type !== 'text' || asked.conflict !== null) return asked?.conflict == null;
      if (over === null && !isUnsaved(asked)) return true;
      if (!live) return false;
      const { path, text, seen } = asked;
      change((before) => before && { ...before, saving: true });
      try {
        const { version } = await filesApi.save(
          { sandbox, machine },
          path,
          over ?? { version: seen.version },
          text,
        );
        change((before) => (before?.path === path ? saved(before, text, version) : before));
        return true;
      } catch (error) {
        change((before) => before && { ...before, saving: false });
        if (error instanceof FileError && error.code === 'file_conflict') await lookAgain(path);
        else failed.current(error);
        return false;
      }
    },
    [sandbox, machine, live, change, lookAgain],
  );

  const save = useCallback((): Promise<boolean> => {
    // One after the other, or the second would name a version that the first has replaced.
    const turn = (saving.current ?? Promise.resolve(true)).then(() => write(null));
    saving.current = turn;
    return turn;
  }, [write]);

  const open = useCallback(
    async (path: string): Promise<boolean> => {
      if (!(await save())) return false;
      try {
        const view = await filesApi.look({ sandbox, machine }, path);
        change((before) => opened(view, before));
        return true;
      } catch (error) {
        failed.current(error);
        return false;
      }
    },
    [sandbox, machine, change, save],
  );

  const isAtRisk = document !== null && isUnsaved(document);
  useEffect(() => {
    if (!isAtRisk) return;
    const ask = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isAtRisk]);

  return {
    document,
    open,
    save,
    edit: useCallback((text) => change((before) => before && edited(before, text)), [change]),
    close: useCallback(async () => {
      if (await save()) change(() => null);
    }, [save, change]),
    keepMine: useCallback(async () => {
      const isGone = now.current?.conflict === 'gone';
      change((before) => before && keptMine(before));
      await write(isGone ? 'nothing' : null);
    }, [change, write]),
    letGo: useCallback(() => change(() => null), [change]),
    takeTheirs: useCallback(() => change((before) => before && tookTheirs(before)), [change]),
    changed: useCallback(
      (paths) => {
        const path = now.current?.path;
        // While it is being saved the change is most likely our own: it is looked at afterwards.
        if (path !== undefined && paths.includes(path))
          void (saving.current ?? Promise.resolve()).then(() => lookAgain(path));
      },
      [lookAgain],
    ),
  };
}
