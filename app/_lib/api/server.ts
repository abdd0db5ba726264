/** What server components ask of the server: its API over loopback, in the name of the browser whose cookie they forward. */
import { headers } from 'next/headers';
import { cache } from 'react';
import type { ZodType } from 'zod';
import { meSchema, type Me } from '#server/protocol/account.ts';
import { classListSchema, type ClassList } from '#server/protocol/classes.ts';
import { coursesSchema, lessonSchema, type Course, type Lesson } from '#server/protocol/lesson.ts';
import { sandboxViewSchema, type SandboxView } from '#server/protocol/sandbox.ts';
import { taskStateSchema, type TaskState } from '#server/protocol/tasks.ts';
import { ApiError, errorOf } from './api-error.ts';
import type { Locale } from '../i18n/locale.ts';

/** An API that takes longer than this counts as not answering: the page says so instead of hanging. */
const TIMEOUT_MS = 8_000;

export async function get<T>(path: string, schema: ZodType<T>): Promise<T> {
  const api = process.env.DRYDOCK_API ?? 'http://127.0.0.1:3000';
  const incoming = await headers();
  let response: Response;
  try {
    response = await fetch(`${api}${path}`, {
      headers: { cookie: incoming.get('cookie') ?? '', accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new ApiError('offline', `no answer to GET ${path}`, { cause });
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, body);
  return schema.parse(body);
}

// `cache`: layout, page and metadata of one request ask once.
export const getMe: () => Promise<Me> = cache(() => get('/api/me', meSchema));
export const getCourses: (locale: Locale) => Promise<Course[]> = cache((locale) =>
  get(`/api/courses?locale=${locale}`, coursesSchema),
);
export const getLesson: (course: string, lesson: string, locale: Locale) => Promise<Lesson> = cache(
  (course, lesson, locale) =>
    get(
      `/api/lessons/${encodeURIComponent(course)}/${encodeURIComponent(lesson)}?locale=${locale}`,
      lessonSchema,
    ),
);
export const getTasks: (course: string, lesson: string) => Promise<TaskState[]> = cache((course, lesson) =>
  get(
    `/api/lessons/${encodeURIComponent(course)}/${encodeURIComponent(lesson)}/tasks`,
    taskStateSchema.array(),
  ),
);
export const getSandboxes: () => Promise<SandboxView[]> = cache(() =>
  get('/api/sandboxes', sandboxViewSchema.array()),
);
/** Of somebody who is signed in, be it as a guest. */
export const getClasses: () => Promise<ClassList> = cache(() => get('/api/classes', classListSchema));
