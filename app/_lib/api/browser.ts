/** What pages ask of the server from the browser. Types only from the wire: its schemas would bring zod along. */
import type { Me } from '#server/protocol/account.ts';
import type { HeldImage } from '#server/protocol/catalog.ts';
import type { Course } from '#server/protocol/lesson.ts';
import type { OpenSandbox, SandboxView } from '#server/protocol/sandbox.ts';
import type { Solution, TaskState } from '#server/protocol/tasks.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Locale } from '../i18n/locale.ts';
import { ApiError, errorOf } from './api-error.ts';

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    throw new ApiError('offline', `no answer to ${method} ${path}`, { cause });
  }
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, answer);
  return answer as T;
}

export const sandboxPath = (id: string) => `/api/sandboxes/${id}`;

export const api = {
  me: () => call<Me>('GET', '/api/me'),
  courses: (locale: Locale) => call<Course[]>('GET', `/api/courses?locale=${locale}`),
  catalog: (locale: Locale, near: string) =>
    call<HeldImage[]>('GET', `/api/catalog?locale=${locale}&near=${encodeURIComponent(near)}`),
  restartLesson: ({ course, lesson }: LessonKey) =>
    call<null>('POST', `/api/lessons/${course}/${lesson}/restart`, {}),
  openSandbox: (what: OpenSandbox) => call<SandboxView>('POST', '/api/sandboxes', what),
  closeSandbox: (id: string) => call<null>('DELETE', sandboxPath(id)),
  extend: (id: string) => call<SandboxView>('POST', `${sandboxPath(id)}/extend`, {}),
  hint: (id: string, task: string) => call<TaskState>('POST', `${sandboxPath(id)}/hint`, { task }),
  solve: (id: string, task: string) => call<Solution>('POST', `${sandboxPath(id)}/solve`, { task }),
  answer: (id: string, task: string, value: string) =>
    call<TaskState>('POST', `${sandboxPath(id)}/answer`, { task, value }),
  signInAsGuest: () => call<Me>('POST', '/api/auth/sign-in/anonymous', {}),
  signIn: (form: { email: string; password: string }) => call<Me>('POST', '/api/auth/sign-in/email', form),
  signUp: (form: { name: string; email: string; password: string }) =>
    call<Me>('POST', '/api/auth/sign-up/email', form),
  signOut: () => call<Me>('POST', '/api/auth/sign-out', {}),
};
