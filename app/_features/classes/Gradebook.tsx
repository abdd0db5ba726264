/** Scores of every learner in every lesson: sorted by any column, the names always in sight. */
'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import type { ClassLesson } from '#server/protocol/classes.ts';
import type { Gradebook as Book, GradeRow } from '#server/protocol/gradebook.ts';
import { keyOf } from './draft.ts';
import { showScore, sortNext, sortRows, type Column, type Sorting } from './grades.ts';
import { Moment } from './Moment.tsx';
import { ScoreCell } from './ScoreCell.tsx';
import { rosterWords } from './words.ts';

type GradebookProps = { book: Book; titles: Record<string, { title: string }>; now: Date };

export function Gradebook({ book, titles, now }: GradebookProps) {
  const { locale } = useI18n();
  const t = rosterWords(locale);
  const [sorting, setSorting] = useState<Sorting>({ by: 'name', down: false });
  const head = { sorting, onSort: (by: Column) => setSorting((before) => sortNext(before, by)) };
  return (
    <div className="grades mt-4" tabIndex={0} role="region" aria-label={t.table}>
      <table className="text-left text-md">
        <thead>
          <tr className="align-bottom">
            <Head {...head} column="name" label={t.name} className="grades-name" />
            <Head {...head} column="total" label={t.total} />
            {book.lessons.map((lesson, at) => (
              <LessonHead
                key={keyOf(lesson.lesson)}
                {...head}
                column={at}
                lesson={lesson}
                label={titles[keyOf(lesson.lesson)]?.title ?? keyOf(lesson.lesson)}
                now={now}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortRows(book.rows, sorting, locale).map((row) => (
            <Row key={row.learner} row={row} classId={book.class.id} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, classId }: { row: GradeRow; classId: string }) {
  const { locale } = useI18n();
  return (
    <tr>
      <th scope="row" className="grades-name font-normal">
        <a
          href={`/${locale}/classes/${classId}/learners/${row.learner}`}
          className="flex min-h-(--hit) items-center"
        >
          <span className="truncate">{row.name}</span>
        </a>
        {row.number && <span className="block truncate text-sm text-ink-3">{row.number}</span>}
      </th>
      <td className="font-strong">{showScore(row.total, locale)}</td>
      {row.scores.map((score) => (
        <ScoreCell key={keyOf(score.lesson)} score={score} />
      ))}
    </tr>
  );
}

type HeadProps = {
  column: Column;
  label: string;
  sorting: Sorting;
  onSort: (by: Column) => void;
  className?: string;
  children?: ReactNode;
};

function Head({ column, label, sorting, onSort, className, children }: HeadProps) {
  const t = rosterWords(useI18n().locale);
  const isIt = sorting.by === column;
  const Arrow = sorting.down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isIt ? (sorting.down ? 'descending' : 'ascending') : undefined}
      className={classes('font-normal', className)}
    >
      <button
        type="button"
        aria-label={fill(t.sortBy, { what: label })}
        className={classes(
          'inline-flex min-h-(--hit) max-w-full items-center gap-1 text-left',
          isIt ? 'font-strong text-ink' : 'text-ink-2 hover:text-ink',
        )}
        onClick={() => onSort(column)}
      >
        <span className="grades-title">{label}</span>
        <Arrow className={classes('size-3.5!', !isIt && 'invisible')} aria-hidden="true" />
      </button>
      {children}
    </th>
  );
}

function LessonHead({ lesson, now, ...head }: HeadProps & { lesson: ClassLesson; now: Date }) {
  const t = rosterWords(useI18n().locale);
  const { dueAt, weight } = lesson;
  return (
    <Head {...head}>
      <span className="block text-sm text-ink-3">
        {dueAt !== null && <Moment at={dueAt} now={now} sentence={t.due} />}
        {dueAt !== null && weight !== 1 && ' · '}
        {weight !== 1 && (weight === 0 ? t.notCounted : fill(t.weight, { weight }))}
      </span>
    </Head>
  );
}
