/** What pages about classes ask of the server, in the name of the browser whose cookie they forward. */
import { cache } from 'react';
import { instructorsSchema, type Instructor } from '#server/protocol/account.ts';
import {
  classViewSchema,
  joinPreviewSchema,
  rosterSchema,
  type ClassView,
  type JoinPreview,
  type RosterEntry,
} from '#server/protocol/classes.ts';
import {
  gradebookSchema,
  tokenViewSchema,
  type Gradebook,
  type TokenView,
} from '#server/protocol/gradebook.ts';
import { maybeMeetingSchema, type MeetingView } from '#server/protocol/meeting.ts';
import { learnerDetailSchema, type LearnerDetail } from '#server/protocol/wall.ts';
import { get } from './server.ts';

const classPath = (id: string) => `/api/classes/${encodeURIComponent(id)}`;

export const getClass: (id: string) => Promise<ClassView> = cache((id) =>
  get(classPath(id), classViewSchema),
);
export const getRoster: (id: string) => Promise<RosterEntry[]> = cache((id) =>
  get(`${classPath(id)}/roster`, rosterSchema),
);
export const getGradebook: (id: string) => Promise<Gradebook> = cache((id) =>
  get(`${classPath(id)}/gradebook`, gradebookSchema),
);
export const getTokens: (id: string) => Promise<TokenView[]> = cache((id) =>
  get(`${classPath(id)}/tokens`, tokenViewSchema.array()),
);
/** Null: none is announced. */
export const getMeeting: (id: string) => Promise<MeetingView | null> = cache((id) =>
  get(`${classPath(id)}/meeting`, maybeMeetingSchema),
);
export const getLearner: (id: string, learner: string) => Promise<LearnerDetail> = cache((id, learner) =>
  get(`${classPath(id)}/learners/${encodeURIComponent(learner)}`, learnerDetailSchema),
);
export const getJoinPreview: (code: string) => Promise<JoinPreview> = cache((code) =>
  get(`/api/join/${encodeURIComponent(code)}`, joinPreviewSchema),
);
export const getInstructors: () => Promise<Instructor[]> = cache(() =>
  get('/api/admin/instructors', instructorsSchema),
);
