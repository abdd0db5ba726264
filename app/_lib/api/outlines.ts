/** Lessons as the pages of a class need them: titles of steps and tasks, without the text. For server components. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Lesson } from '#server/protocol/lesson.ts';
import type { Locale } from '../i18n/locale.ts';
import { ApiError } from './api-error.ts';
import { getLesson } from './server.ts';

type Step = { id: string; title: string; tasks: { id: string; title: string }[] };
type Outline = { key: LessonKey; title: string; steps: Step[] };

/** In the order asked for; a lesson that is no longer there goes by its name. */
export function getOutlines(lessons: readonly { lesson: LessonKey }[], locale: Locale): Promise<Outline[]> {
  return Promise.all(lessons.map(({ lesson }) => getOutline(lesson, locale)));
}

async function getOutline(key: LessonKey, locale: Locale): Promise<Outline> {
  try {
    return outlineOf(await getLesson(key.course, key.lesson, locale));
  } catch (error) {
    if (error instanceof ApiError && ['not_found', 'lesson_broken'].includes(error.code))
      return { key, title: key.lesson, steps: [] };
    throw error;
  }
}

function outlineOf({ key, title, steps }: Lesson): Outline {
  return {
    key,
    title,
    steps: steps.map((step) => ({
      id: step.id,
      title: step.title,
      tasks: step.tasks.map(({ id, title }) => ({ id, title })),
    })),
  };
}
