/** Classes as the stories of their pages need them: made beside the page, in the name of its browser. */
import type { APIRequestContext, Page } from '@playwright/test';
import type { ClassView, JoinTerms } from '#server/protocol/classes.ts';
import { FIRST_ACCOUNT } from './first-account.ts';
import { ask } from './instructor.ts';
import { LESSON, type Learner } from './learner.ts';

const PASSWORD = 'a long enough one';

/** The API beside the page, in the name of its browser. */
export async function asks<T>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
  const { origin } = new URL((await page.request.get('/api/health')).url());
  return ask<T>(page.request, { method, path, body: data, origin });
}

export async function signsInAsAdmin({ page }: Learner): Promise<void> {
  const { email, password } = FIRST_ACCOUNT;
  await asks(page, 'POST', '/api/auth/sign-in/email', { email, password });
}

/** The answer is the e-mail of the account. */
export async function signsUp({ page }: Learner, name: string): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(/\W/g, '-')}-${Date.now()}@example.org`;
  await asks(page, 'POST', '/api/auth/sign-up/email', { name, email, password: PASSWORD });
  return email;
}

/** A class with the first lesson of these stories and the scored one, made beside the page. */
export function makesClass({ page }: Learner, name: string): Promise<ClassView> {
  const lessons = [LESSON, { course: 'scored', lesson: 'with-help' }];
  return asks(page, 'POST', '/api/classes', {
    name,
    locale: 'en',
    lessons: lessons.map((lesson) => ({ lesson, dueAt: null, weight: 1 })),
    latePercent: 50,
  });
}

export async function makesCode(
  { page }: Learner,
  id: string,
  terms: Partial<JoinTerms> = {},
): Promise<string> {
  const all = { expiresAt: null, maxUses: null, ...terms };
  const { code } = await asks<ClassView>(page, 'POST', `/api/classes/${id}/code`, all);
  return code!.code;
}

/** What the address of a code answers, without a page. */
export async function statusOf(request: APIRequestContext, code: string): Promise<number> {
  return (await request.get(`/api/join/${code}`)).status();
}
