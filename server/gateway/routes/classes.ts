/** Routes about classes, for those who teach them and for those who learn in them. */
import { z } from 'zod';
import {
  classListSchema,
  classSettingsSchema,
  classViewSchema,
  handSchema,
  joinPreviewSchema,
  joinSchema,
  joinTermsSchema,
  membershipSchema,
  pauseSchema,
  rosterImportedSchema,
  rosterImportSchema,
  rosterSchema,
} from '#server/protocol/classes.ts';
import {
  gradebookSchema,
  madeTokenSchema,
  newTokenSchema,
  tokenViewSchema,
} from '#server/protocol/gradebook.ts';
import { maybeMeetingSchema, meetingSchema, meetingViewSchema } from '#server/protocol/meeting.ts';
import { nothing, route } from '../call.ts';
import {
  changeClass,
  dropCode,
  importRoster,
  joinClass,
  leaveClass,
  listClasses,
  makeClass,
  makeCode,
  pauseClass,
  previewClass,
  raiseHand,
  removeClass,
  removeLearner,
  showClass,
  showRoster,
} from '../classes.ts';
import {
  downloadGradebook,
  listTokens,
  makeToken,
  readGradebook,
  removeToken,
  showGradebook,
} from '../gradebook.ts';

import { announceMeeting, cancelMeeting, showMeeting } from '../meetings.ts';

const CLASS = '/api/classes/:class';
/** `CLASS_LIMITS.csvCharacters` in the worst case: as escapes of six bytes. */
const ROSTER_BYTES = 1_280 * 1024;

export const CLASS_ROUTES = [
  route({ method: 'GET', path: `${CLASS}/meeting`, answer: maybeMeetingSchema, handle: showMeeting }),
  route({
    method: 'PUT',
    path: `${CLASS}/meeting`,
    body: meetingSchema,
    answer: meetingViewSchema,
    handle: announceMeeting,
  }),
  route({ method: 'DELETE', path: `${CLASS}/meeting`, answer: null, handle: cancelMeeting }),

  route({ method: 'GET', path: '/api/classes', answer: classListSchema, handle: listClasses }),
  route({
    method: 'POST',
    path: '/api/classes',
    body: classSettingsSchema,
    answer: classViewSchema,
    handle: makeClass,
  }),
  route({ method: 'GET', path: CLASS, answer: classViewSchema, handle: showClass }),
  route({
    method: 'PUT',
    path: CLASS,
    body: classSettingsSchema,
    answer: classViewSchema,
    handle: changeClass,
  }),
  route({ method: 'DELETE', path: CLASS, answer: null, handle: removeClass }),
  route({
    method: 'POST',
    path: `${CLASS}/code`,
    body: joinTermsSchema,
    answer: classViewSchema,
    handle: makeCode,
  }),
  route({ method: 'DELETE', path: `${CLASS}/code`, answer: classViewSchema, handle: dropCode }),
  route({
    method: 'POST',
    path: `${CLASS}/pause`,
    body: pauseSchema,
    answer: classViewSchema,
    handle: pauseClass,
  }),

  route({
    method: 'GET',
    path: '/api/join/:code',
    anyone: true,
    limit: 'join',
    answer: joinPreviewSchema,
    handle: previewClass,
  }),
  route({
    method: 'POST',
    path: '/api/classes/join',
    limit: 'join',
    body: joinSchema,
    answer: membershipSchema,
    handle: joinClass,
  }),
  route({ method: 'POST', path: `${CLASS}/leave`, body: nothing, answer: null, handle: leaveClass }),
  route({
    method: 'POST',
    path: `${CLASS}/hand`,
    body: handSchema,
    answer: membershipSchema,
    handle: raiseHand,
  }),

  route({ method: 'GET', path: `${CLASS}/roster`, answer: rosterSchema, handle: showRoster }),
  route({
    method: 'POST',
    path: `${CLASS}/roster`,
    body: rosterImportSchema,
    bodyBytes: ROSTER_BYTES,
    answer: rosterImportedSchema,
    handle: importRoster,
  }),
  route({ method: 'DELETE', path: `${CLASS}/learners/:learner`, answer: null, handle: removeLearner }),

  route({ method: 'GET', path: `${CLASS}/gradebook`, answer: gradebookSchema, handle: showGradebook }),
  route({ method: 'GET', path: `${CLASS}/gradebook.csv`, answer: null, handle: downloadGradebook }),
  route({ method: 'GET', path: `${CLASS}/tokens`, answer: z.array(tokenViewSchema), handle: listTokens }),
  route({
    method: 'POST',
    path: `${CLASS}/tokens`,
    body: newTokenSchema,
    answer: madeTokenSchema,
    handle: makeToken,
  }),
  route({ method: 'DELETE', path: `${CLASS}/tokens/:token`, answer: null, handle: removeToken }),
  route({
    method: 'GET',
    path: '/api/v1/gradebook',
    anyone: true,
    answer: gradebookSchema,
    handle: readGradebook,
  }),
];
