/** A note from the instructor: stays until it is closed; a command in it is typed by a click. */
'use client';
import { X } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import type { Note } from '#server/protocol/classes.ts';
import { NoteText } from './NoteText.tsx';
import type { CommandShown } from './part.ts';
import { useInClassWords } from './words.ts';

type CardProps = {
  note: Note;
  now: Date;
  /** Others that wait behind it. */
  more: number;
  /** Where there is room for the curtain, it says the same. */
  isOnCurtain: boolean;
  Command: CommandShown;
  onClose: () => void;
  onMore: () => void;
};

export function NoteCard({ note, now, more, isOnCurtain, Command, onClose, onMore }: CardProps) {
  const t = useInClassWords();
  const { locale } = useI18n();
  return (
    <aside
      aria-label={fill(t.noteFrom, { name: note.from })}
      className={classes('class-note', isOnCurtain && 'wide:hidden')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <IconButton label={t.closeNote} className="absolute top-1 right-1" onClick={onClose}>
        <X />
      </IconButton>
      <NoteText note={note} now={now} Command={Command} />
      {more > 0 && (
        <Button kind="text" className="mt-1 -ml-2" onClick={onMore}>
          {count(locale, t.more, more)}
        </Button>
      )}
    </aside>
  );
}
