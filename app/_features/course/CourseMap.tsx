/** All courses side by side, each a line of lessons with the learner's way along it. */
import type { Course } from '#server/protocol/lesson.ts';
import { formatMinutes } from '#app/_lib/format.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import type { PageWords } from '#app/_lib/page-words.ts';
import { pointsIn } from '#app/_lib/points.ts';
import { classes } from '#app/_ui/classes.ts';
import { LessonRow } from './LessonRow.tsx';
import { countLessons, firstNumber, stateOf, undone } from './map.ts';

export function CourseMap({ words, courses }: { words: PageWords; courses: Course[] }) {
  return (
    <div className="grid gap-x-12 gap-y-10 pt-8 [grid-template-columns:repeat(auto-fill,minmax(min(100%,264px),1fr))]">
      {courses.map((course, index) => (
        <CourseColumn
          key={course.id}
          words={words}
          courses={courses}
          course={course}
          first={firstNumber(courses, index)}
        />
      ))}
    </div>
  );
}

type ColumnProps = { words: PageWords; courses: Course[]; course: Course; first: number | null };

function CourseColumn({ words, courses, course, first }: ColumnProps) {
  const states = course.lessons.map(stateOf);
  const { done, total } = countLessons([course]);
  return (
    <section aria-labelledby={`course-${course.id}`} className="scroll-mt-4">
      <header className="min-h-22 pb-3 pl-7">
        <h2 id={`course-${course.id}`} className="text-lg font-strong">
          {course.title}
        </h2>
        <p className="text-md text-pretty text-ink-2">{course.summary}</p>
        <p className="text-ink-3">{courseSize(words, course)}</p>
        {/* Its room is kept, so that lessons of courses side by side stand in rows. */}
        <div className={classes('mt-2 h-1', done > 0 && 'bg-line')} aria-hidden="true">
          <div className="h-1 bg-ink" style={{ width: `${total > 0 ? (100 * done) / total : 0}%` }} />
        </div>
      </header>
      <ol>
        {course.lessons.map((lesson, index) => (
          <LessonRow
            key={lesson.key.lesson}
            words={words}
            lesson={lesson}
            after={undone(lesson, courses)}
            number={first === null ? null : first + index}
            before={states[index - 1] ?? null}
            last={index === course.lessons.length - 1}
          />
        ))}
      </ol>
    </section>
  );
}

/** How much is done once something is; until then how long it takes. */
function courseSize(words: PageWords, course: Course): string {
  const { locale, t } = words;
  const { done, total } = countLessons([course]);
  const points = pointsIn(course);
  const minutes = course.lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  const parts =
    done > 0
      ? [fill(t.home.lessonsOf, { done, total })]
      : [count(locale, t.home.lessons, total), formatMinutes(minutes, words)];
  if (points) parts.push(fill(t.learn.pointsOf, points));
  return parts.join(locale === 'en' ? ', ' : '，');
}
