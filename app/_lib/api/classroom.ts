/** What the live pages of a class ask of the server before they are drawn. For server components. */
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { classViewSchema, type ClassView } from '#server/protocol/classes.ts';
import { learnerDetailSchema, type LearnerDetail } from '#server/protocol/wall.ts';
import { ApiError } from './api-error.ts';
import { get } from './server.ts';

/** Shows “no such page” where there is none, or none for this reader: nobody learns which classes there are. */
export const getClass: (id: string) => Promise<ClassView> = cache((id) =>
  orNotFound(get(`/api/classes/${encodeURIComponent(id)}`, classViewSchema)),
);

export const getLearner: (id: string, learner: string) => Promise<LearnerDetail> = cache((id, learner) =>
  orNotFound(
    get(
      `/api/classes/${encodeURIComponent(id)}/learners/${encodeURIComponent(learner)}`,
      learnerDetailSchema,
    ),
  ),
);

async function orNotFound<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && ['not_found', 'bad_request', 'not_allowed'].includes(error.code))
      notFound();
    throw error;
  }
}
