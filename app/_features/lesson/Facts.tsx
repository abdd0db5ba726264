/** A near miss: a row per fact with its mark, and what the learner did in words. */
'use client';
import { Fragment } from 'react';
import type { Fact } from '#server/protocol/tasks.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Cross, Tick } from '#app/_ui/Marks.tsx';

export function Facts({ facts }: { facts: Fact[] }) {
  const { t, locale } = useI18n();
  return (
    <div className="mt-0.5 grid grid-cols-[fit-content(55%)_14px_minmax(0,1fr)] gap-x-2">
      {facts.map((fact, index) => (
        <Fragment key={`${fact.field}-${index}`}>
          <span className="break-words text-ink-2 in-data-[state=near]:text-ink">{fact.label[locale]}</span>
          {fact.ok ? (
            <Tick className="mt-1.75 size-2.75" label={t.lesson.factOk} />
          ) : (
            <Cross className="mt-1.75 size-2.75" label={t.lesson.factWrong} />
          )}
          <span className="break-words">{fact.words?.[locale]}</span>
        </Fragment>
      ))}
    </div>
  );
}
