/** In the status bar: the class, when this lesson is due in it, the hand, and whether there is something new to read. */
'use client';
import { GraduationCap, Hand } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import type { Membership } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import { dueAt, isOver } from './classroom.ts';
import { moment } from './moment.ts';
import { myHandKeys } from './use-class-commands.ts';
import { useInClassWords } from './words.ts';

type ChipProps = {
  membership: Membership;
  lesson: LessonKey | null;
  now: Date;
  /** Notes that were not closed yet. */
  fresh: number;
  /** The id of what it opens. */
  panel: string;
  onHand: (raised: boolean) => void;
};

export function ClassChip({ membership, lesson, now, fresh, panel, onHand }: ChipProps) {
  const t = useInClassWords();
  const { locale } = useI18n();
  const due = dueAt(membership, lesson, now);
  const { name, handAt } = membership;
  const isUp = handAt !== null;
  return (
    <span className="class-chip">
      <button
        type="button"
        popoverTarget={panel}
        className="class-chip-name"
        data-tip={fill(t.open, { name })}
      >
        <GraduationCap className="size-3.5! flex-none" />
        <span className="truncate">{fill(t.in, { name })}</span>
        {due && (
          <span className={isOver(due, now) ? 'flex-none text-near' : 'flex-none'}>
            · {fill(isOver(due, now) ? t.wasDue : t.due, { when: moment(due, now, locale) })}
          </span>
        )}
        {membership.paused && <span className="flex-none text-near">· {t.pausedShort}</span>}
        {isUp && <span className="flex-none">· {t.handUp}</span>}
        {fresh > 0 && <span className="class-new">{count(locale, t.newNotes, fresh)}</span>}
      </button>
      <IconButton
        label={isUp ? t.lower : t.raise}
        keys={myHandKeys()}
        data-up={isUp || undefined}
        className="class-hand"
        onClick={() => onHand(!isUp)}
      >
        <Hand className="size-3.5!" />
      </IconButton>
    </span>
  );
}
