/** Who wrote a note, to whom and when; its words and its command. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Note } from '#server/protocol/classes.ts';
import { moment } from './moment.ts';
import type { CommandShown } from './part.ts';
import { useInClassWords } from './words.ts';

type TextProps = { note: Note; now: Date; Command: CommandShown };

export function NoteText({ note, now, Command }: TextProps) {
  const t = useInClassWords();
  const { locale } = useI18n();
  return (
    <>
      <p className="pr-8 text-sm text-ink-2">
        <span className="font-strong wrap-anywhere text-ink">{note.from}</span>{' '}
        {note.toAll ? t.toAll : t.toYou} · <time dateTime={note.at}>{moment(note.at, now, locale)}</time>
      </p>
      <p className="text-md wrap-anywhere whitespace-pre-wrap text-ink">{note.text}</p>
      {note.command !== null && (
        <div className="class-command">
          <Command text={note.command} />
        </div>
      )}
    </>
  );
}
