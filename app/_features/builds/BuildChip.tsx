/** What the last build did in a few words, and the way to what it did line by line. */
'use client';
import { Layers } from 'lucide-react';
import type { Ref } from 'react';
import type { BuildNote } from '#server/protocol/builds.ts';
import { classes } from '#app/_ui/classes.ts';
import { TOOL } from '#app/_ui/IconButton.tsx';
import { sayNote } from './say.ts';
import { useBuildsWords } from './words.ts';

type ChipProps = { ref: Ref<HTMLButtonElement>; note: BuildNote; shown: boolean; onToggle: () => void };

export function BuildChip({ ref, note, shown, onToggle }: ChipProps) {
  const say = useBuildsWords();
  const text = sayNote(note, say);
  return (
    // A new build is said aloud: it is a status, and a button within.
    <span role="status" className="flex min-w-0 flex-none items-center self-center">
      <button
        ref={ref}
        type="button"
        aria-pressed={shown}
        aria-label={`${text}. ${say.words.look}`}
        data-tip={say.words.look}
        className={classes(TOOL, 'text-sm whitespace-nowrap', note.failed && 'text-fail!')}
        onClick={onToggle}
      >
        <Layers />
        <span aria-hidden="true" className="max-full:hidden">
          {text}
        </span>
      </button>
    </span>
  );
}
