/** Courses and lessons as pages show them, with how far this learner is. */
import { lessonKeySchema, localeSchema, type LessonKey, type Locale } from '#server/protocol/ids.ts';
import type { LessonProgress } from '#server/protocol/lesson.ts';
import type { LessonRecord } from '#server/store/contract.ts';
import { type Call, parse, type Reply } from './call.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';
import { stepsOf } from './steps.ts';

export async function listCourses({ parts, query, user }: Call): Promise<Reply> {
  const locale = localeOf(query);
  const records = user ? await parts.store.progress.lessons(user.id) : [];
  const courses = parts.lessons.courses(locale).map((course) => ({
    ...course,
    lessons: course.lessons.map((card) => ({ ...card, progress: progressOf(parts, card.key, records) })),
  }));
  return { json: courses };
}

export function showLesson({ parts, params, query, user }: Call): Reply {
  const key = lessonKeySchema.safeParse({ course: params.course, lesson: params.lesson });
  const page = key.success && parts.lessons.page(key.data, localeOf(query), seedOf(parts, key.data, user));
  if (page) return { json: page };
  if (key.success && parts.development) refuseBroken(parts, key.data);
  throw new Refusal('not_found', 'There is no such lesson.');
}

/** Its author reads what to mend where the lesson would stand; learners never see a broken lesson at all. */
function refuseBroken({ lessons }: GatewayParts, { course, lesson }: LessonKey): void {
  const found = lessons.broken().find(({ key }) => key.course === course && key.lesson === lesson);
  if (!found) return;
  const lines = found.problems.map(({ file, line, message }) => `${file}:${line}  ${message}`);
  throw new Refusal('lesson_broken', lines.join('\n'));
}

/** The learner's sandbox of this lesson decides the values that its texts hold. */
function seedOf({ sandboxes }: GatewayParts, key: LessonKey, user: Call['user']): string | null {
  const own = user ? sandboxes.of(user.id) : [];
  const ofLesson = own.find(({ lesson }) => lesson?.course === key.course && lesson.lesson === key.lesson);
  return ofLesson?.id ?? null;
}

function localeOf(query: URLSearchParams): Locale {
  return parse(localeSchema, query.get('locale') ?? 'en');
}

function progressOf(parts: GatewayParts, key: LessonKey, records: LessonRecord[]): LessonProgress {
  const record = records.find(({ lesson }) => lesson.course === key.course && lesson.lesson === key.lesson);
  // A step that the lesson no longer has counts as not begun.
  const index = record?.step ? stepsOf(parts.lessons, key).indexOf(record.step) : -1;
  return {
    step: index < 0 ? null : record!.step,
    stepNumber: index < 0 ? null : index + 1,
    tasksPassed: record?.tasksPassed ?? 0,
    finishedAt: record?.finishedAt?.toISOString() ?? null,
    lastOpenedAt: record?.lastOpenedAt.toISOString() ?? null,
  };
}
