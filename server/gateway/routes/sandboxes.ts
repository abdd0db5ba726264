/** Routes about sandboxes: their tasks, their past, their machines and the files in them. */
import { z } from 'zod';
import { buildsSchema } from '#server/protocol/builds.ts';
import { fileActionSchema, fileStandingSchema, fileViewSchema } from '#server/protocol/files.ts';
import {
  forkSchema,
  historySchema,
  keepSchema,
  lossesSchema,
  rewindSchema,
} from '#server/protocol/history.ts';
import {
  answerRequestSchema,
  machineContentsSchema,
  openSandboxSchema,
  sandboxViewSchema,
  taskRequestSchema,
} from '#server/protocol/sandbox.ts';
import { terminalActionSchema, terminalListSchema } from '#server/protocol/terminal-list.ts';
import { solutionSchema, taskStateSchema } from '#server/protocol/tasks.ts';
import { showBuilds } from '../builds.ts';
import { nothing, route } from '../call.ts';
import { changeFile, deleteFile, saveFile, showFile } from '../files.ts';
import {
  forkSandbox,
  keepSnapshot,
  removeSnapshot,
  rewindSandbox,
  showHistory,
  showLosses,
} from '../history.ts';
import { addMachine, changeTerminals, removeMachine, showContents } from '../machines.ts';
import { closeSandbox, extendSandbox, listSandboxes, openSandbox, showSandbox } from '../sandboxes.ts';
import { answerTask, giveHint, solveTask } from '../tasks.ts';

const MACHINE = '/api/sandboxes/:id/machines/:machine';
/** With `?path=…`, an absolute path in the machine. */
const FILES = `${MACHINE}/files`;

export const SANDBOX_ROUTES = [
  route({ method: 'GET', path: '/api/sandboxes', answer: z.array(sandboxViewSchema), handle: listSandboxes }),
  route({
    method: 'POST',
    path: '/api/sandboxes',
    limit: 'openSandbox',
    body: openSandboxSchema,
    answer: sandboxViewSchema,
    handle: openSandbox,
  }),
  route({ method: 'GET', path: '/api/sandboxes/:id', answer: sandboxViewSchema, handle: showSandbox }),
  route({ method: 'DELETE', path: '/api/sandboxes/:id', answer: null, handle: closeSandbox }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/extend',
    body: nothing,
    answer: sandboxViewSchema,
    handle: extendSandbox,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/hint',
    body: taskRequestSchema,
    answer: taskStateSchema,
    handle: giveHint,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/solve',
    body: taskRequestSchema,
    answer: solutionSchema,
    handle: solveTask,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/answer',
    body: answerRequestSchema,
    answer: taskStateSchema,
    handle: answerTask,
  }),

  route({ method: 'GET', path: '/api/sandboxes/:id/history', answer: historySchema, handle: showHistory }),
  route({
    method: 'GET',
    path: '/api/sandboxes/:id/history/loss',
    limit: 'history',
    answer: lossesSchema,
    handle: showLosses,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/snapshots',
    limit: 'history',
    body: keepSchema,
    answer: historySchema,
    handle: keepSnapshot,
  }),
  route({
    method: 'DELETE',
    path: '/api/sandboxes/:id/snapshots/:snapshot',
    limit: 'history',
    answer: historySchema,
    handle: removeSnapshot,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/rewind',
    limit: 'history',
    body: rewindSchema,
    answer: sandboxViewSchema,
    handle: rewindSandbox,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/fork',
    limit: 'openSandbox',
    body: forkSchema,
    answer: sandboxViewSchema,
    handle: forkSandbox,
  }),
  route({ method: 'GET', path: '/api/sandboxes/:id/builds', answer: buildsSchema, handle: showBuilds }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/terminals',
    body: terminalActionSchema,
    answer: terminalListSchema,
    handle: changeTerminals,
  }),
  route({
    method: 'POST',
    path: '/api/sandboxes/:id/machines',
    limit: 'openSandbox',
    body: nothing,
    answer: sandboxViewSchema,
    handle: addMachine,
  }),
  route({ method: 'DELETE', path: MACHINE, answer: sandboxViewSchema, handle: removeMachine }),
  route({ method: 'GET', path: `${MACHINE}/contents`, answer: machineContentsSchema, handle: showContents }),

  route({ method: 'GET', path: FILES, answer: fileViewSchema, handle: showFile }),
  route({
    method: 'PUT',
    path: FILES,
    limit: 'files',
    raw: true,
    answer: fileStandingSchema,
    handle: saveFile,
  }),
  route({
    method: 'POST',
    path: FILES,
    limit: 'files',
    body: fileActionSchema,
    answer: fileStandingSchema,
    handle: changeFile,
  }),
  route({ method: 'DELETE', path: FILES, limit: 'files', answer: null, handle: deleteFile }),
];
