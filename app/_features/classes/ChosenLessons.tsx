/** The lessons of a class in their order: each with its date and weight, moved by buttons or by Alt and an arrow. */
'use client';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { INPUT } from '#app/_ui/input.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { keyOf, moveLesson, type DraftLesson } from './draft.ts';
import { fromField, toField } from './moments.ts';
import { useTimeZone } from './use-browser.ts';
import { classWords } from './words.ts';

type Titles = Record<string, { title: string; course: string }>;
type ChosenProps = {
  lessons: DraftLesson[];
  titles: Titles;
  /** Keys of those whose weight is none. */
  wrong: ReadonlySet<string>;
  onChange: (lessons: DraftLesson[]) => void;
};

export function ChosenLessons({ lessons, titles, wrong, onChange }: ChosenProps) {
  const t = classWords(useI18n().locale);
  const { say } = useVoice();
  const list = useRef<HTMLOListElement>(null);
  // What has the focus keeps it while its row moves: a browser lets go of an element that is put elsewhere.
  const keep = useRef<{ key: string; part: string } | null>(null);
  useEffect(() => {
    if (!keep.current) return;
    const { key, part } = keep.current;
    keep.current = null;
    const row = list.current?.querySelector(`[data-lesson="${CSS.escape(key)}"]`);
    row?.querySelector<HTMLElement>(`[data-part="${part}"]`)?.focus();
  });

  const titleAt = (lesson: DraftLesson) => titles[keyOf(lesson.lesson)]?.title ?? keyOf(lesson.lesson);

  const move = (at: number, by: -1 | 1, part: string) => {
    const to = at + by;
    if (to < 0 || to >= lessons.length) return;
    const lesson = lessons[at]!;
    keep.current = { key: keyOf(lesson.lesson), part };
    onChange(moveLesson(lessons, at, by));
    say(fill(t.moved, { title: titleAt(lesson), place: to + 1, total: lessons.length }));
  };
  const remove = (at: number) => {
    const rest = lessons.filter((_, index) => index !== at);
    const next = rest[Math.min(at, rest.length - 1)];
    keep.current = next ? { key: keyOf(next.lesson), part: 'remove' } : null;
    onChange(rest);
    say(fill(t.removed, { title: titleAt(lessons[at]!) }));
  };
  const edit = (at: number, part: Partial<DraftLesson>) =>
    onChange(lessons.map((one, index) => (index === at ? { ...one, ...part } : one)));

  if (lessons.length === 0) return <p className="mt-3 text-md text-ink-2">{t.lessonsNone}</p>;
  return (
    <ol ref={list} className="mt-3">
      {lessons.map((lesson, at) => (
        <Row
          key={keyOf(lesson.lesson)}
          lesson={lesson}
          place={at + 1}
          of={lessons.length}
          titles={titles}
          isWrong={wrong.has(keyOf(lesson.lesson))}
          onEdit={(part) => edit(at, part)}
          onMove={(by, part) => move(at, by, part)}
          onRemove={() => remove(at)}
        />
      ))}
    </ol>
  );
}

type RowProps = {
  lesson: DraftLesson;
  place: number;
  of: number;
  titles: Titles;
  isWrong: boolean;
  onEdit: (part: Partial<DraftLesson>) => void;
  /** `part`: what had the focus. */
  onMove: (by: -1 | 1, part: string) => void;
  onRemove: () => void;
};

function Row({ lesson, place, of, titles, isWrong, onEdit, onMove, onRemove }: RowProps) {
  const t = classWords(useI18n().locale);
  const zone = useTimeZone();
  const key = keyOf(lesson.lesson);
  const known = titles[key];
  const title = known?.title ?? key;

  const byKey = (event: KeyboardEvent<HTMLElement>) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1, (event.target as HTMLElement).dataset.part ?? 'up');
  };

  return (
    <li
      data-lesson={key}
      onKeyDown={byKey}
      className="grid grid-cols-[24px_1fr_auto] items-center gap-x-3 gap-y-2 border-t border-line py-2 text-md first:border-0 wide:grid-cols-[24px_1fr_auto_auto_auto]"
    >
      <span className="text-right text-ink-3">{place}</span>
      <span className="min-w-0">
        <span className="block wrap-anywhere">{title}</span>
        <span className="block text-sm text-ink-2">{known ? known.course : t.gone}</span>
      </span>
      <span className="-mr-2 flex wide:order-last">
        <IconButton
          label={fill(t.up, { title })}
          data-part="up"
          aria-disabled={place === 1}
          className="aria-disabled:text-line-ui"
          onClick={() => onMove(-1, 'up')}
        >
          <ArrowUp />
        </IconButton>
        <IconButton
          label={fill(t.down, { title })}
          data-part="down"
          aria-disabled={place === of}
          className="aria-disabled:text-line-ui"
          onClick={() => onMove(1, 'down')}
        >
          <ArrowDown />
        </IconButton>
        <IconButton label={fill(t.remove, { title })} data-part="remove" onClick={onRemove}>
          <X />
        </IconButton>
      </span>
      <label className="col-span-2 col-start-2 flex items-center gap-2 text-sm text-ink-2 wide:col-auto">
        <span aria-hidden="true">{t.dueAt}</span>
        <input
          type="datetime-local"
          data-part="due"
          aria-label={fill(t.dueOf, { title })}
          className={classes(INPUT, 'h-(--hit)! w-52! px-2! text-sm!')}
          value={toField(lesson.dueAt, zone)}
          onChange={(event) => onEdit({ dueAt: fromField(event.target.value) })}
        />
      </label>
      <label className="col-span-2 col-start-2 flex items-center gap-2 text-sm text-ink-2 wide:col-auto">
        <span aria-hidden="true">{t.weight}</span>
        <input
          data-part="weight"
          inputMode="numeric"
          autoComplete="off"
          aria-label={fill(t.weightOf, { title })}
          aria-invalid={isWrong || undefined}
          className={classes(INPUT, 'h-(--hit)! w-14! px-2! text-right text-sm!')}
          value={lesson.weight}
          onChange={(event) => onEdit({ weight: event.target.value })}
        />
      </label>
    </li>
  );
}
