/** The classes that I learn in: who teaches, the lessons with their dates, and the way out. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { HalfMoon, Ring, Tick } from '#app/_ui/Marks.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { ClassLesson, Membership } from '#server/protocol/classes.ts';
import { classApi } from './class-api.ts';
import { CodeForm } from './CodeForm.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { keyOf } from './draft.ts';
import { Moment } from './Moment.tsx';
import { Section } from './Section.tsx';
import { classWords } from './words.ts';

/** How far I am in a lesson, with its title. */
export type LessonStanding = { title: string; state: 'new' | 'open' | 'done' };

type LearningProps = { memberships: Membership[]; lessons: Record<string, LessonStanding>; now: Date };

export function Learning({ memberships, lessons, now }: LearningProps) {
  const { t: page, locale } = useI18n();
  const t = classWords(locale);
  const { show } = useVoice();
  const [all, setAll] = useState(memberships);
  const [leaving, setLeaving] = useState<Membership | null>(null);

  const leave = async (one: Membership) => {
    await classApi.leave(one.class);
    setAll((before) => before.filter((other) => other.class !== one.class));
    setLeaving(null);
    show(fill(t.left, { name: one.name }));
  };

  return (
    <Section title={t.learning}>
      {all.length === 0 && (
        <p className="mt-1 max-w-(--measure) text-md text-pretty text-ink-2">{t.noLearning}</p>
      )}
      {all.map((one) => (
        <article key={one.class} className="border-t border-line py-4 first-of-type:border-0">
          <header className="flex flex-wrap items-start gap-x-6 gap-y-1">
            <div className="min-w-0 flex-1">
              <h3 className="text-body font-strong wrap-anywhere">{one.name}</h3>
              <p className="flex flex-wrap gap-x-4 text-sm text-ink-2">
                <span>{fill(t.taughtBy, { name: one.instructor })}</span>
                <span>{fill(t.youAre, { name: one.as })}</span>
                {one.paused && <span className="font-strong text-near">{t.paused}</span>}
              </p>
            </div>
            <Button onClick={() => setLeaving(one)} aria-label={`${t.leave}: ${one.name}`}>
              {t.leave}
            </Button>
          </header>
          <ol className="mt-2">
            {one.lessons.map((lesson) => (
              <Row key={keyOf(lesson.lesson)} lesson={lesson} of={one} standing={lessons} now={now} />
            ))}
          </ol>
        </article>
      ))}
      <div className="mt-4 max-w-96">
        <CodeForm label={page.nav.join} />
      </div>
      {leaving && (
        <ConfirmDialog
          title={fill(t.leaveTitle, { name: leaving.name })}
          confirm={t.leaveDo}
          onConfirm={() => leave(leaving)}
          onClose={() => setLeaving(null)}
        >
          <p>{t.leaveText}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

type RowProps = { lesson: ClassLesson; of: Membership; standing: Record<string, LessonStanding>; now: Date };

function Row({ lesson: { lesson, dueAt }, of, standing, now }: RowProps) {
  const { t: page, locale } = useI18n();
  const t = classWords(locale);
  const { title, state } = standing[keyOf(lesson)] ?? { title: keyOf(lesson), state: 'new' as const };
  const over = dueAt !== null && Date.parse(dueAt) <= now.getTime();
  return (
    <li className="grid grid-cols-[20px_1fr_auto] items-center gap-x-3 border-t border-line py-1 text-md first:border-0">
      {state === 'done' ? (
        <Tick className="size-3.25" label={page.progress.finished} />
      ) : state === 'open' ? (
        <HalfMoon className="size-3.25 text-accent!" />
      ) : (
        <Ring className="size-3.25" label={page.progress.notStarted} />
      )}
      <a
        href={`/${of.locale}/learn/${lesson.course}/${lesson.lesson}`}
        className="flex min-h-(--hit) min-w-0 items-center text-ink"
      >
        <span className="truncate">{title}</span>
      </a>
      <span className={over && state !== 'done' ? 'text-sm font-strong text-near' : 'text-sm text-ink-2'}>
        {dueAt === null ? t.noDue : <Moment at={dueAt} now={now} sentence={over ? t.wasDue : t.due} />}
      </span>
    </li>
  );
}
