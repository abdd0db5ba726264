/** Lessons that are best done before this one and are not done yet. */
import type { LessonLink } from '#server/protocol/lesson.ts';
import type { PageWords } from '#app/_lib/page-words.ts';

export function Before({ words: { t, locale }, lessons }: { words: PageWords; lessons: LessonLink[] }) {
  if (lessons.length === 0) return null;
  return (
    <p className="mb-3 text-sm text-ink-2">
      {t.learn.before}
      {lessons.map(({ key, title }, index) => (
        <span key={`${key.course}/${key.lesson}`}>
          {index === 0 ? ' ' : locale === 'en' ? ', ' : '、'}
          <a href={`/${locale}/learn/${key.course}/${key.lesson}`}>{title}</a>
        </span>
      ))}
    </p>
  );
}
