/** Puts files that were chosen or dropped into a folder, one after the other. */
'use client';
import { useState } from 'react';
import { FILE_LIMITS } from '#server/protocol/numbers.ts';
import { filesApi, type Place } from './files-api.ts';
import { isName, join } from './tree.ts';

export type UploadState = { name: string; at: number; all: number } | null;

type UploadEvents = {
  fail: (error: unknown) => void;
  tooLarge: (name: string) => void;
  done: (folder: string, count: number) => void;
};

export function useUploads(place: Place, events: UploadEvents) {
  const [state, setState] = useState<UploadState>(null);
  const upload = async (folder: string, files: readonly File[]) => {
    let count = 0;
    for (const [index, file] of files.entries()) {
      if (!isName(file.name)) continue;
      if (file.size > FILE_LIMITS.uploadBytes) {
        events.tooLarge(file.name);
        continue;
      }
      setState({ name: file.name, at: index + 1, all: files.length });
      try {
        // Never over something: what is there already may be the learner's own work.
        await filesApi.save(place, join(folder, file.name), 'nothing', file);
        count++;
      } catch (error) {
        events.fail(error);
      }
    }
    setState(null);
    if (count > 0) events.done(folder, count);
  };
  return { state, upload };
}
