/** All courses to take lessons from: one by one, or a course as a whole. */
'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Tick } from '#app/_ui/Marks.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Course } from '#server/protocol/lesson.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { addLessons, keyOf, type DraftLesson } from './draft.ts';
import { classWords } from './words.ts';

type ShelfProps = { courses: Course[]; lessons: DraftLesson[]; onChange: (lessons: DraftLesson[]) => void };

export function LessonShelf({ courses, lessons, onChange }: ShelfProps) {
  const { locale } = useI18n();
  const t = classWords(locale);
  const { say } = useVoice();
  const chosen = new Set(lessons.map(({ lesson }) => keyOf(lesson)));
  // Not while lessons are being added: what somebody looks at must not fold away.
  const [startsOpen] = useState(lessons.length === 0);
  const isFull = lessons.length >= CLASS_LIMITS.lessons;

  const add = (keys: LessonKey[], title?: string) => {
    const all = addLessons(lessons, keys);
    const fresh = all.length - lessons.length;
    if (fresh === 0) return;
    onChange(all);
    say(title === undefined ? count(locale, t.addedMany, fresh) : fill(t.added, { title }));
  };

  return (
    <div className="mt-6">
      <h3 className="text-md font-strong">{t.shelf}</h3>
      {isFull && <p className="text-near">{fill(t.lessonsFull, { most: CLASS_LIMITS.lessons })}</p>}
      {courses.map((course, at) => (
        <details key={course.id} open={startsOpen && at === 0} className="border-t border-line">
          <summary className="flex min-h-10 cursor-pointer items-center gap-3 py-1 text-md">
            <span className="shelf-mark" aria-hidden="true" />
            <span className="min-w-0 flex-1">
              {course.title}{' '}
              <span className="text-sm text-ink-2">{count(locale, t.lessons, course.lessons.length)}</span>
            </span>
          </summary>
          <div className="pb-3 pl-6">
            <Button
              aria-disabled={isFull || course.lessons.every(({ key }) => chosen.has(keyOf(key)))}
              aria-label={fill(t.addCourseOf, { title: course.title })}
              onClick={() => add(course.lessons.map(({ key }) => key))}
            >
              <Plus />
              {t.addCourse}
            </Button>
            <ul className="mt-1">
              {course.lessons.map(({ key, title }) => (
                <Row
                  key={key.lesson}
                  title={title}
                  isIn={chosen.has(keyOf(key))}
                  isFull={isFull}
                  onAdd={() => add([key], title)}
                />
              ))}
            </ul>
          </div>
        </details>
      ))}
    </div>
  );
}

type RowProps = { title: string; isIn: boolean; isFull: boolean; onAdd: () => void };

/** The button stays when the lesson is in, so that the focus does too. */
function Row({ title, isIn, isFull, onAdd }: RowProps) {
  const t = classWords(useI18n().locale);
  return (
    <li className="flex items-center gap-3 border-t border-line py-0.5 text-md first:border-0">
      <span className="min-w-0 flex-1 wrap-anywhere">{title}</span>
      <Button
        kind="text"
        aria-disabled={isIn || isFull}
        aria-label={isIn ? `${title}: ${t.isIn}` : fill(t.addOf, { title })}
        onClick={() => !isIn && !isFull && onAdd()}
      >
        {isIn ? <Tick className="size-2.5" /> : <Plus />}
        {isIn ? t.isIn : t.add}
      </Button>
    </li>
  );
}
