/** What pages ask about classes from the browser. */
import { call } from '#app/_lib/api/browser.ts';
import type { Instructor } from '#server/protocol/account.ts';
import type {
  ClassSettings,
  ClassView,
  JoinTerms,
  Membership,
  RosterImported,
} from '#server/protocol/classes.ts';
import type { MadeToken } from '#server/protocol/gradebook.ts';
import type { Meeting, MeetingView } from '#server/protocol/meeting.ts';

const pathOf = (id: string) => `/api/classes/${id}`;

export const classApi = {
  create: (settings: ClassSettings) => call<ClassView>('POST', '/api/classes', settings),
  change: (id: string, settings: ClassSettings) => call<ClassView>('PUT', pathOf(id), settings),
  remove: (id: string) => call<null>('DELETE', pathOf(id)),
  makeCode: (id: string, terms: JoinTerms) => call<ClassView>('POST', `${pathOf(id)}/code`, terms),
  dropCode: (id: string) => call<ClassView>('DELETE', `${pathOf(id)}/code`),
  importRoster: (id: string, csv: string) => call<RosterImported>('POST', `${pathOf(id)}/roster`, { csv }),
  removeLearner: (id: string, learner: string) => call<null>('DELETE', `${pathOf(id)}/learners/${learner}`),
  meeting: (id: string) => call<MeetingView | null>('GET', `${pathOf(id)}/meeting`),
  announce: (id: string, meeting: Meeting) => call<MeetingView>('PUT', `${pathOf(id)}/meeting`, meeting),
  callOff: (id: string) => call<null>('DELETE', `${pathOf(id)}/meeting`),
  makeToken: (id: string, name: string) => call<MadeToken>('POST', `${pathOf(id)}/tokens`, { name }),
  removeToken: (id: string, token: string) => call<null>('DELETE', `${pathOf(id)}/tokens/${token}`),
  join: (code: string, name?: string) =>
    call<Membership>('POST', '/api/classes/join', name === undefined ? { code } : { code, name }),
  leave: (id: string) => call<null>('POST', `${pathOf(id)}/leave`, {}),
  addInstructor: (email: string) => call<Instructor[]>('POST', '/api/admin/instructors', { email }),
  dropInstructor: (id: string) => call<Instructor[]>('DELETE', `/api/admin/instructors/${id}`),
  deleteMe: () => call<null>('DELETE', '/api/me'),
};

/** Addresses that a browser opens by itself. */
export const csvPath = (id: string, bom: boolean) => `${pathOf(id)}/gradebook.csv${bom ? '?bom=1' : ''}`;
export const MY_DATA_PATH = '/api/me/data';
export const TOKEN_API_PATH = '/api/v1/gradebook';
