/** Routes about the server itself and about who somebody is. */
import {
  healthSchema,
  instructorsSchema,
  meSchema,
  newInstructorSchema,
  signInSchema,
  signUpSchema,
} from '#server/protocol/account.ts';
import {
  getHealth,
  getMe,
  getMetrics,
  signInAsGuest,
  signInWithPassword,
  signOut,
  signUp,
} from '../account.ts';
import { nothing, route } from '../call.ts';
import { addInstructor, listInstructors, removeInstructor } from '../instructors.ts';
import { downloadMyData, removeMe } from '../privacy.ts';

export const ACCOUNT_ROUTES = [
  route({ method: 'GET', path: '/api/health', anyone: true, answer: healthSchema, handle: getHealth }),
  route({ method: 'GET', path: '/metrics', anyone: true, answer: null, handle: getMetrics }),

  route({ method: 'GET', path: '/api/me', anyone: true, answer: meSchema, handle: getMe }),
  route({
    method: 'POST',
    path: '/api/auth/sign-in/anonymous',
    anyone: true,
    limit: 'guest',
    body: nothing,
    answer: meSchema,
    handle: signInAsGuest,
  }),
  route({
    method: 'POST',
    path: '/api/auth/sign-in/email',
    anyone: true,
    limit: 'signIn',
    body: signInSchema,
    answer: meSchema,
    handle: signInWithPassword,
  }),
  route({
    method: 'POST',
    path: '/api/auth/sign-up/email',
    anyone: true,
    limit: 'signUp',
    body: signUpSchema,
    answer: meSchema,
    handle: signUp,
  }),
  route({
    method: 'POST',
    path: '/api/auth/sign-out',
    anyone: true,
    limit: 'signIn',
    body: nothing,
    answer: meSchema,
    handle: signOut,
  }),

  route({ method: 'GET', path: '/api/me/data', limit: 'data', answer: null, handle: downloadMyData }),
  route({ method: 'DELETE', path: '/api/me', answer: null, handle: removeMe }),

  route({
    method: 'GET',
    path: '/api/admin/instructors',
    answer: instructorsSchema,
    handle: listInstructors,
  }),
  route({
    method: 'POST',
    path: '/api/admin/instructors',
    body: newInstructorSchema,
    answer: instructorsSchema,
    handle: addInstructor,
  }),
  route({
    method: 'DELETE',
    path: '/api/admin/instructors/:user',
    answer: instructorsSchema,
    handle: removeInstructor,
  }),
];
