/** What the live pages of a class ask of the server. */
import { call, sandboxPath } from '#app/_lib/api/browser.ts';
import type { ClassView, NewNote, Note } from '#server/protocol/classes.ts';
import type { History } from '#server/protocol/history.ts';
import type { Care, Timeline } from '#server/protocol/wall.ts';

export const classPath = (id: string) => `/api/classes/${id}`;
export const learnerPath = (id: string, learner: string) => `${classPath(id)}/learners/${learner}`;

export const classroomApi = {
  pause: (id: string, paused: boolean) => call<ClassView>('POST', `${classPath(id)}/pause`, { paused }),
  makeCode: (id: string) =>
    call<ClassView>('POST', `${classPath(id)}/code`, { expiresAt: null, maxUses: null }),
  note: (id: string, note: NewNote) => call<Note>('POST', `${classPath(id)}/notes`, note),
  /** @param before an instant: what lies before it; null: the newest */
  timeline: (id: string, learner: string, before: string | null) =>
    call<Timeline>(
      'GET',
      `${learnerPath(id, learner)}/timeline${before ? `?before=${encodeURIComponent(before)}` : ''}`,
    ),
  care: (id: string, learner: string, care: Care) =>
    call<null>('POST', `${learnerPath(id, learner)}/care`, care),
  typing: (sandbox: string, wanted: boolean) =>
    call<null>('POST', `${sandboxPath(sandbox)}/typing`, { wanted }),
  history: (sandbox: string) => call<History>('GET', `${sandboxPath(sandbox)}/history`),
};
