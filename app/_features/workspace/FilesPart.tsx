/** The files of a machine, and beside the lines of a Dockerfile what its last build did with them. */
'use client';
import { useCallback } from 'react';
import type { NotesOf } from '#app/_lib/line-notes.ts';
import { lineNotes } from '../builds/line-notes.ts';
import { useBuilds } from '../builds/use-builds.ts';
import { useBuildsWords } from '../builds/words.ts';
import FilesPane, { type FilesPaneProps } from '../editor/FilesPane.tsx';

export default function FilesPart(props: Omit<FilesPaneProps, 'notes'>) {
  const { sandbox, machine, hears } = props;
  const { words, locale } = useBuildsWords();
  // Without them the files are as good as ever: the panel of builds says what went wrong.
  const { builds } = useBuilds(sandbox, hears);
  const notes = useCallback<NotesOf>(
    (path, text) => builds && lineNotes(builds, { machine, path, text }, { words, locale }),
    [builds, machine, words, locale],
  );
  return <FilesPane {...props} notes={notes} />;
}
