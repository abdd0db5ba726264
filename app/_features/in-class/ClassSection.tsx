/** One class of a learner: who teaches it, the hand, its lessons with their due dates, and leaving it. */
'use client';
import { Hand, LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Tick } from '#app/_ui/Marks.tsx';
import type { ClassLesson, Membership } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { LessonCard } from '#server/protocol/lesson.ts';
import { isOver, isSame } from './classroom.ts';
import { moment } from './moment.ts';
import type { ClassActions } from './part.ts';
import { useInClassWords } from './words.ts';

type SectionProps = {
  membership: Membership;
  lesson: LessonKey | null;
  now: Date;
  actions: Pick<ClassActions, 'raiseHand' | 'leave'>;
};

export function ClassSection({ membership, lesson, now, actions }: SectionProps) {
  const t = useInClassWords();
  const { locale } = useI18n();
  const cards = useLessonCards();
  const { handAt } = membership;
  return (
    <section aria-label={membership.name} className="mt-2">
      <p className="text-md font-strong wrap-anywhere">{membership.name}</p>
      <p className="text-md wrap-anywhere text-ink-2">
        {fill(t.taughtBy, { instructor: membership.instructor })} · {fill(t.as, { name: membership.as })}
      </p>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          className={handAt === null ? '' : 'border-accent! bg-accent-wash! text-accent!'}
          onClick={() => actions.raiseHand(membership, handAt === null)}
        >
          <Hand />
          {handAt === null ? t.raise : t.lower}
        </Button>
        <span className="text-sm text-ink-2">
          {handAt === null ? t.raiseText : fill(t.raisedText, { time: moment(handAt, now, locale) })}
        </span>
      </p>
      <h3 className="mt-5 border-t border-ink pt-2 text-md font-strong">{t.lessons}</h3>
      <ol>
        {membership.lessons.map((each) => (
          <LessonLine
            key={`${each.lesson.course}/${each.lesson.lesson}`}
            lesson={each}
            card={cards.find(({ key }) => isSame(key, each.lesson))}
            isHere={lesson !== null && isSame(each.lesson, lesson)}
            now={now}
          />
        ))}
      </ol>
      <Leaving membership={membership} onLeave={() => actions.leave(membership)} />
    </section>
  );
}

/** Their titles and what is done of them; none until they are there. */
function useLessonCards(): readonly LessonCard[] {
  const { locale } = useI18n();
  const [cards, setCards] = useState<readonly LessonCard[]>([]);
  useEffect(() => {
    let isGone = false;
    api.courses(locale).then(
      (courses) => isGone || setCards(courses.flatMap(({ lessons }) => lessons)),
      // The links lead there without their titles too.
      () => isGone || setCards([]),
    );
    return () => {
      isGone = true;
    };
  }, [locale]);
  return cards;
}

type LineProps = { lesson: ClassLesson; card: LessonCard | undefined; isHere: boolean; now: Date };

function LessonLine({ lesson: { lesson, dueAt }, card, isHere, now }: LineProps) {
  const t = useInClassWords();
  const { locale } = useI18n();
  const isDone = card?.progress.finishedAt != null;
  const isLate = dueAt !== null && !isDone && isOver(dueAt, now);
  const when = dueAt && moment(dueAt, now, locale);
  return (
    <li className="flex min-h-8 items-center gap-3 border-b border-line py-1 text-md last:border-b-0">
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <span className="w-3.5 flex-none">{isDone && <Tick className="size-3.25" />}</span>
        {isHere ? (
          <span aria-current="page" className="font-strong wrap-anywhere">
            {card?.title ?? lesson.lesson}
          </span>
        ) : (
          <a href={`/${locale}/learn/${lesson.course}/${lesson.lesson}`} className="wrap-anywhere">
            {card?.title ?? lesson.lesson}
          </a>
        )}
      </span>
      <span className={isLate ? 'flex-none text-sm text-near' : 'flex-none text-sm text-ink-2'}>
        {when === null ? t.noDue : fill(isLate ? t.wasDue : t.due, { when })}
      </span>
    </li>
  );
}

function Leaving({ membership, onLeave }: { membership: Membership; onLeave: () => Promise<void> }) {
  const t = useInClassWords();
  const [asks, setAsks] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await onLeave();
    setLeaving(false);
  };
  if (!asks)
    return (
      <Button kind="text" className="mt-2 -ml-2 text-ink-2!" onClick={() => setAsks(true)}>
        <LogOut />
        {t.leave}
      </Button>
    );
  return (
    <div className="mt-3">
      <Callout kind="near" title={fill(t.leaveTitle, { name: membership.name })} role="alert">
        <p className="text-pretty">{t.leaveText}</p>
        <p className="mt-2 mb-1 flex flex-wrap gap-2">
          <Button kind="danger" disabled={leaving} onClick={() => void leave()}>
            {t.leaveDo}
          </Button>
          <Button autoFocus onClick={() => setAsks(false)}>
            {t.stay}
          </Button>
        </p>
      </Callout>
    </div>
  );
}
