/** The tree of a machine's files: reads folders as they are opened, and again when something changes in them. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { filesApi, type Place } from './files-api.ts';
import { forget, read, toggle, treeOf, type Tree } from './tree.ts';

export type TreeHandle = {
  tree: Tree;
  toggle: (path: string, isOpen: boolean) => void;
  focus: (path: string) => void;
  show: (root: string) => void;
  refresh: (path: string) => Promise<void>;
};

const NOTHING = { entries: [], more: false };

export function useTree(place: Place, root: string, fail: (error: unknown) => void): TreeHandle {
  const [tree, setTree] = useState(() => treeOf(root));
  const failed = useRef(fail);
  useEffect(() => {
    failed.current = fail;
  });
  const { sandbox, machine } = place;

  /** What the tree is once the folder has been read. */
  const look = useCallback(
    async (path: string): Promise<(before: Tree) => Tree> => {
      try {
        const view = await filesApi.look({ sandbox, machine }, path);
        return (before) => (view.type === 'directory' ? read(before, path, view) : forget(before, path));
      } catch (error) {
        failed.current(error);
        return (before) => (path === before.root ? read(before, path, NOTHING) : forget(before, path));
      }
    },
    [sandbox, machine],
  );
  const refresh = useCallback(async (path: string) => setTree(await look(path)), [look]);
  const start = tree.root;
  useEffect(() => {
    void look(start).then((how) => setTree(how));
  }, [look, start]);

  return {
    tree,
    refresh,
    toggle: (path, isOpen) => {
      setTree((before) => toggle(before, path, isOpen));
      if (isOpen) void refresh(path);
    },
    focus: (path) => setTree((before) => ({ ...before, at: path })),
    show: (root) => setTree(treeOf(root)),
  };
}
