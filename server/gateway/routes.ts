/** Every route of the API on one page: who may, how often, what goes in, what comes out. */
import { z } from 'zod';
import { healthSchema, meSchema, signInSchema, signUpSchema } from '#server/protocol/account.ts';
import { buildsSchema } from '#server/protocol/builds.ts';
import { catalogSchema } from '#server/protocol/catalog.ts';
import { fileActionSchema, fileStandingSchema, fileViewSchema } from '#server/protocol/files.ts';
import {
  forkSchema,
  historySchema,
  keepSchema,
  lossesSchema,
  rewindSchema,
} from '#server/protocol/history.ts';
import { coursesSchema, lessonSchema } from '#server/protocol/lesson.ts';
import {
  answerRequestSchema,
  machineContentsSchema,
  openSandboxSchema,
  sandboxViewSchema,
  taskRequestSchema,
} from '#server/protocol/sandbox.ts';
import { terminalActionSchema, terminalListSchema } from '#server/protocol/terminal-list.ts';
import { solutionSchema, taskStateSchema } from '#server/protocol/tasks.ts';
import {
  getHealth,
  getMe,
  getMetrics,
  signInAsGuest,
  signInWithPassword,
  signOut,
  signUp,
} from './account.ts';
import { showBuilds } from './builds.ts';
import { type Route, route } from './call.ts';
import { showCatalog } from './catalog.ts';
import { listCourses, restartLesson, showLesson, showTasks } from './lessons.ts';
import { changeFile, deleteFile, saveFile, showFile } from './files.ts';
import {
  forkSandbox,
  keepSnapshot,
  removeSnapshot,
  rewindSandbox,
  showHistory,
  showLosses,
} from './history.ts';
import { answerTask, giveHint, solveTask } from './tasks.ts';
import { addMachine, changeTerminals, removeMachine, showContents } from './machines.ts';
import { closeSandbox, extendSandbox, listSandboxes, openSandbox, showSandbox } from './sandboxes.ts';

const GET = 'GET';
const POST = 'POST';
const DELETE = 'DELETE';
const MACHINE = '/api/sandboxes/:id/machines/:machine';
/** With `?path=…`, an absolute path in the machine. */
const FILES = `${MACHINE}/files`;
const nothing = z.strictObject({});

/** A state change has a method other than GET; the gateway then demands our origin before anything else. */
export const ROUTES: readonly Route[] = [
  route({ method: GET, path: '/api/health', anyone: true, answer: healthSchema, handle: getHealth }),
  route({ method: GET, path: '/metrics', anyone: true, answer: null, handle: getMetrics }),

  route({ method: GET, path: '/api/me', anyone: true, answer: meSchema, handle: getMe }),
  route({
    method: POST,
    path: '/api/auth/sign-in/anonymous',
    anyone: true,
    limit: 'guest',
    body: nothing,
    answer: meSchema,
    handle: signInAsGuest,
  }),
  route({
    method: POST,
    path: '/api/auth/sign-in/email',
    anyone: true,
    limit: 'signIn',
    body: signInSchema,
    answer: meSchema,
    handle: signInWithPassword,
  }),
  route({
    method: POST,
    path: '/api/auth/sign-up/email',
    anyone: true,
    limit: 'signUp',
    body: signUpSchema,
    answer: meSchema,
    handle: signUp,
  }),
  route({
    method: POST,
    path: '/api/auth/sign-out',
    anyone: true,
    limit: 'signIn',
    body: nothing,
    answer: meSchema,
    handle: signOut,
  }),

  route({ method: GET, path: '/api/courses', anyone: true, answer: coursesSchema, handle: listCourses }),
  route({
    method: GET,
    path: '/api/lessons/:course/:lesson',
    anyone: true,
    answer: lessonSchema,
    handle: showLesson,
  }),

  route({
    method: GET,
    path: '/api/lessons/:course/:lesson/tasks',
    anyone: true,
    answer: z.array(taskStateSchema),
    handle: showTasks,
  }),
  route({
    method: POST,
    path: '/api/lessons/:course/:lesson/restart',
    body: nothing,
    answer: null,
    handle: restartLesson,
  }),

  route({ method: GET, path: '/api/catalog', answer: catalogSchema, handle: showCatalog }),

  route({ method: GET, path: '/api/sandboxes', answer: z.array(sandboxViewSchema), handle: listSandboxes }),
  route({
    method: POST,
    path: '/api/sandboxes',
    limit: 'openSandbox',
    body: openSandboxSchema,
    answer: sandboxViewSchema,
    handle: openSandbox,
  }),
  route({ method: GET, path: '/api/sandboxes/:id', answer: sandboxViewSchema, handle: showSandbox }),
  route({ method: DELETE, path: '/api/sandboxes/:id', answer: null, handle: closeSandbox }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/extend',
    body: nothing,
    answer: sandboxViewSchema,
    handle: extendSandbox,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/hint',
    body: taskRequestSchema,
    answer: taskStateSchema,
    handle: giveHint,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/solve',
    body: taskRequestSchema,
    answer: solutionSchema,
    handle: solveTask,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/answer',
    body: answerRequestSchema,
    answer: taskStateSchema,
    handle: answerTask,
  }),

  route({ method: GET, path: '/api/sandboxes/:id/history', answer: historySchema, handle: showHistory }),
  route({
    method: GET,
    path: '/api/sandboxes/:id/history/loss',
    limit: 'history',
    answer: lossesSchema,
    handle: showLosses,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/snapshots',
    limit: 'history',
    body: keepSchema,
    answer: historySchema,
    handle: keepSnapshot,
  }),
  route({
    method: DELETE,
    path: '/api/sandboxes/:id/snapshots/:snapshot',
    limit: 'history',
    answer: historySchema,
    handle: removeSnapshot,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/rewind',
    limit: 'history',
    body: rewindSchema,
    answer: sandboxViewSchema,
    handle: rewindSandbox,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/fork',
    limit: 'openSandbox',
    body: forkSchema,
    answer: sandboxViewSchema,
    handle: forkSandbox,
  }),
  route({ method: GET, path: '/api/sandboxes/:id/builds', answer: buildsSchema, handle: showBuilds }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/terminals',
    body: terminalActionSchema,
    answer: terminalListSchema,
    handle: changeTerminals,
  }),
  route({
    method: POST,
    path: '/api/sandboxes/:id/machines',
    limit: 'openSandbox',
    body: nothing,
    answer: sandboxViewSchema,
    handle: addMachine,
  }),
  route({ method: DELETE, path: MACHINE, answer: sandboxViewSchema, handle: removeMachine }),
  route({ method: GET, path: `${MACHINE}/contents`, answer: machineContentsSchema, handle: showContents }),

  route({ method: GET, path: FILES, answer: fileViewSchema, handle: showFile }),
  route({
    method: 'PUT',
    path: FILES,
    limit: 'files',
    raw: true,
    answer: fileStandingSchema,
    handle: saveFile,
  }),
  route({
    method: POST,
    path: FILES,
    limit: 'files',
    body: fileActionSchema,
    answer: fileStandingSchema,
    handle: changeFile,
  }),
  route({ method: DELETE, path: FILES, limit: 'files', answer: null, handle: deleteFile }),
];

/** WebSockets; the checks before them are in sockets.ts. */
export const TERMINAL_SOCKET = '/api/sandboxes/:id/machines/:machine/terminals/:terminal';
export const FEED_SOCKET = '/api/sandboxes/:id/feed';
