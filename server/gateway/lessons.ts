/** Courses and lessons as pages show them, with how far this learner is. */
import { stepsOf } from '#server/lessons/steps.ts';
import { lessonKeySchema, localeSchema, type LessonKey, type Locale } from '#server/protocol/ids.ts';
import type { LessonProgress } from '#server/protocol/lesson.ts';
import { POINTS_PER_TASK } from '#server/protocol/numbers.ts';
import type { LessonRecord } from '#server/store/contract.ts';
import { pointsFor } from '#server/tasks/points.ts';
import { type Call, parse, type Reply, signedIn } from './call.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';

export async function listCourses({ parts, query, user }: Call): Promise<Reply> {
  const locale = localeOf(query);
  const records = user ? await parts.store.progress.lessons(user.id) : [];
  const courses = parts.lessons.courses(locale).map((course) => ({
    ...course,
    lessons: course.lessons.map((card) => ({ ...card, progress: progressOf(parts, card.key, records) })),
  }));
  return { json: courses };
}

/** How far the learner is with each task; none where nobody is signed in. */
export async function showTasks(call: Call): Promise<Reply> {
  const { parts, user } = call;
  const key = knownKey(call);
  return { json: user ? await parts.tasks.recorded(user.id, key, seedOf(parts, key, user)) : [] };
}

/** The machine is closed and what was done is forgotten; what was shown in a scored lesson is not. */
export async function restartLesson(call: Call): Promise<Reply> {
  const { parts } = call;
  const user = signedIn(call);
  const key = knownKey(call);
  const keepHelp = parts.lessons.definition(key)?.scored ?? false;
  await beginAnew(parts, { userId: user.id, lesson: key, keepHelp });
  return { status: 204 };
}

export async function beginAnew(
  parts: Pick<GatewayParts, 'sandboxes' | 'tasks' | 'store' | 'live'>,
  { userId, lesson: key, keepHelp }: { userId: string; lesson: LessonKey; keepHelp: boolean },
): Promise<void> {
  const own = parts.sandboxes.of(userId).filter(({ lesson }) => lesson && isSame(lesson, key));
  for (const { id } of own) await parts.sandboxes.close(id);
  // Else what the last machine still had to write down would come back after it was forgotten.
  await parts.tasks.settled();
  await parts.store.progress.resetLesson(userId, key, { keepHelp });
  parts.live.walls.reread(userId);
}

/** @throws Refusal `not_found` */
function knownKey({ parts, params }: Call): LessonKey {
  const key = lessonKeySchema.safeParse({ course: params.course, lesson: params.lesson });
  if (key.success && parts.lessons.definition(key.data)) return key.data;
  throw new Refusal('not_found', 'There is no such lesson.');
}

const isSame = (one: LessonKey, other: LessonKey) =>
  one.course === other.course && one.lesson === other.lesson;

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
  const ofLesson = own.find(({ lesson }) => lesson && isSame(lesson, key));
  return ofLesson?.seed ?? null;
}

function localeOf(query: URLSearchParams): Locale {
  return parse(localeSchema, query.get('locale') ?? 'en');
}

function progressOf(parts: GatewayParts, key: LessonKey, records: LessonRecord[]): LessonProgress {
  const record = records.find(({ lesson }) => isSame(lesson, key));
  const definition = parts.lessons.definition(key);
  // A task that the lesson no longer has counts no more.
  const tasks = new Set(definition?.tasks.map(({ id }) => id));
  const passed = record?.passed.filter(({ task }) => tasks.has(task)) ?? [];
  // A step that the lesson no longer has counts as not begun.
  const index = record?.step ? stepsOf(parts.lessons, key).indexOf(record.step) : -1;
  return {
    step: index < 0 ? null : record!.step,
    stepNumber: index < 0 ? null : index + 1,
    tasksPassed: passed.length,
    points: definition?.scored
      ? {
          earned: passed.reduce((sum, task) => sum + pointsFor(task), 0),
          most: tasks.size * POINTS_PER_TASK,
        }
      : null,
    finishedAt: record?.finishedAt?.toISOString() ?? null,
    lastOpenedAt: record?.lastOpenedAt.toISOString() ?? null,
  };
}
