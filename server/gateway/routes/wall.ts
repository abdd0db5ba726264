/** Routes of the wall: notes, one learner, watching. */
import { allowSchema, newNoteSchema, noteSchema, typingSchema } from '#server/protocol/classes.ts';
import { careSchema, learnerDetailSchema, timelineSchema } from '#server/protocol/wall.ts';
import { type Route, route } from '../call.ts';
import { careFor, postNote, showLearner, showTimeline } from '../learners.ts';
import { allowTyping, askToType } from '../watching.ts';

const CLASS = '/api/classes/:class';
const LEARNER = `${CLASS}/learners/:learner`;

export const WALL_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: `${CLASS}/notes`,
    body: newNoteSchema,
    answer: noteSchema,
    handle: postNote,
  }),
  route({ method: 'GET', path: LEARNER, answer: learnerDetailSchema, handle: showLearner }),
  route({ method: 'GET', path: `${LEARNER}/timeline`, answer: timelineSchema, handle: showTimeline }),
  route({
    method: 'POST',
    path: `${LEARNER}/care`,
    limit: 'history',
    body: careSchema,
    answer: null,
    handle: careFor,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/typing',
    body: typingSchema,
    answer: null,
    handle: askToType,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/watchers/:watcher',
    body: allowSchema,
    answer: null,
    handle: allowTyping,
  }),
];
