/** Every route of the API: who may, how often, what goes in, what comes out; by subject in routes/. */
import type { Route } from './call.ts';
import { ACCOUNT_ROUTES } from './routes/account.ts';
import { CLASS_ROUTES } from './routes/classes.ts';
import { LESSON_ROUTES } from './routes/lessons.ts';
import { SANDBOX_ROUTES } from './routes/sandboxes.ts';
import { WALL_ROUTES } from './routes/wall.ts';

/** A state change has a method other than GET; the gateway then demands our origin before anything else. */
export const ROUTES: readonly Route[] = [
  ...ACCOUNT_ROUTES,
  ...LESSON_ROUTES,
  ...SANDBOX_ROUTES,
  ...CLASS_ROUTES,
  ...WALL_ROUTES,
];

/** WebSockets; the checks before them are in sockets.ts. */
export const TERMINAL_SOCKET = '/api/sandboxes/:id/machines/:machine/terminals/:terminal';
export const FEED_SOCKET = '/api/sandboxes/:id/feed';
export const WALL_SOCKET = '/api/classes/:class/wall';
