/** What the live pages of a class ask of the server before they are drawn. For server components. */
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { classViewSchema, type ClassView } from '#server/protocol/classes.ts';
import { learnerDetailSchema, type LearnerDetail } from '#server/protocol/wall.ts';
import type { Locale } from '../i18n/locale.ts';
import { ApiError } from './api-error.ts';
import { get } from './server.ts';

/** Shows “no such page” where there is none, or none for this reader: nobody learns which classes there are. */
export const getClass: (locale: Locale, id: string) => Promise<ClassView> = cache((locale, id) =>
  orElsewhere(locale, get(`/api/classes/${encodeURIComponent(id)}`, classViewSchema)),
);

export const getLearner: (locale: Locale, id: string, learner: string) => Promise<LearnerDetail> = cache(
  (locale, id, learner) =>
    orElsewhere(
      locale,
      get(
        `/api/classes/${encodeURIComponent(id)}/learners/${encodeURIComponent(learner)}`,
        learnerDetailSchema,
      ),
    ),
);

/** Who is not signed in is led there. */
async function orElsewhere<T>(locale: Locale, asked: Promise<T>): Promise<T> {
  let refusal: ApiError;
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refusal = error;
  }
  if (refusal.code === 'not_signed_in') redirect(`/${locale}/sign-in`);
  if (['not_found', 'bad_request', 'not_allowed'].includes(refusal.code)) notFound();
  throw refusal;
}
