/** Every lesson with how far it is, course by course. */
import type { Course, LessonCard } from '#server/protocol/lesson.ts';
import { formatAgo } from '#app/_lib/format.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { PageWords } from '#app/_lib/page-words.ts';
import { pointsIn } from '#app/_lib/points.ts';
import { HalfMoon, Ring, Tick } from '#app/_ui/Marks.tsx';

export function LessonTable({ words, courses, now }: { words: PageWords; courses: Course[]; now: Date }) {
  return courses.map((course) => (
    <section key={course.id} className="mt-10">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-ink pt-2">
        <h2 className="text-lg font-strong">{course.title}</h2>
        <span className="text-ink-2">{summary(words, course)}</span>
      </header>
      <ul className="mt-2">
        {course.lessons.map((lesson) => (
          <Row key={lesson.key.lesson} words={words} lesson={lesson} now={now} />
        ))}
      </ul>
    </section>
  ));
}

/** Lessons finished and, in a scored course, points. */
function summary({ locale, t }: PageWords, course: Course): string {
  const { lessons } = course;
  const done = lessons.filter(({ progress }) => progress.finishedAt).length;
  const points = pointsIn(course);
  const parts = [fill(t.learn.finishedOf, { done, total: lessons.length })];
  if (points) parts.push(fill(t.learn.pointsOf, points));
  return parts.join(locale === 'en' ? ', ' : '，');
}

function Row({ words: { t, locale }, lesson, now }: { words: PageWords; lesson: LessonCard; now: Date }) {
  const { progress, tasks } = lesson;
  const share = tasks === 0 ? 0 : Math.min(1, progress.tasksPassed / tasks);
  return (
    <li className="grid grid-cols-[20px_1fr_auto] items-center gap-x-3 border-t border-line py-2 text-md first:border-0 wide:grid-cols-[20px_1fr_240px_140px]">
      {progress.finishedAt ? (
        <Tick className="size-3.25" label={t.progress.finished} />
      ) : progress.lastOpenedAt ? (
        <HalfMoon className="size-3.25 text-accent!" />
      ) : (
        <Ring className="size-3.25" label={t.progress.notStarted} />
      )}
      <a
        href={`/${locale}/learn/${lesson.key.course}/${lesson.key.lesson}`}
        className="truncate py-1 text-ink"
      >
        {lesson.title}
      </a>
      <span className="flex items-center gap-2 text-sm text-ink-2">
        <span className="h-1 w-12 bg-line">
          <span className="block h-1 bg-ink-2" style={{ width: `${share * 100}%` }} />
        </span>
        {fill(t.lesson.tasksDone, { done: progress.tasksPassed, total: tasks })}
        {progress.points && <span>· {fill(t.learn.pointsOf, progress.points)}</span>}
      </span>
      <span className="text-sm text-ink-3 max-wide:hidden">
        {progress.lastOpenedAt
          ? fill(t.progress.opened, { when: formatAgo(progress.lastOpenedAt, now, locale) })
          : t.progress.notStarted}
      </span>
    </li>
  );
}
