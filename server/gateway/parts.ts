/** All that the gateway stands on, handed in by who builds the house. */
import type { Builds } from '#server/builds/contract.ts';
import type { Classes, Gradebooks, Meetings, People } from '#server/classroom/contract.ts';
import type { LiveClassroom } from '#server/classroom/live.ts';
import type { Files } from '#server/files/contract.ts';
import type { Histories } from '#server/history/contract.ts';
import type { Clock } from '#server/lib/clock.ts';
import type { Log } from '#server/lib/log.ts';
import type { Lessons } from '#server/lessons/contract.ts';
import type { Health } from '#server/protocol/account.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { OpenedStore } from '#server/store/open.ts';
import type { Tasks } from '#server/tasks/contract.ts';
import type { TerminalLists, Terminals } from '#server/terminal/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import type { Probes } from '#server/world/probes/contract.ts';
import type { Auth } from './auth.ts';
import type { Catalog } from './held-images.ts';
import type { Feeds } from './feeds.ts';
import type { Previews } from './previews/previews.ts';
import type { Measures } from './measures.ts';
import type { RateLimit } from './rate-limit.ts';

/** The rooms behind the gateway. */
export type Rooms = {
  store: OpenedStore;
  sandboxes: Sandboxes;
  terminals: Terminals;
  terminalLists: TerminalLists;
  worlds: Pick<Worlds, 'get' | 'on'>;
  probes: Probes;
  files: Files;
  builds: Builds;
  tasks: Tasks;
  lessons: Lessons;
  histories: Histories;
  classes: Classes;
  gradebooks: Gradebooks;
  meetings: Meetings;
  people: People;
  live: LiveClassroom;
};

/** Where the pages come from. */
export interface Pages {
  /** Loopback port of the running app; waits a little while it starts, then null. */
  port(): Promise<number | null>;
}

export type GatewayParts = Rooms & {
  /** The images that machines can pull. */
  catalog: Catalog;
  origins: readonly string[];
  auth: Auth;
  feeds: Feeds;
  previews: Previews;
  limit: RateLimit;
  measures: Measures;
  pages: Pages;
  health(): Promise<Health>;
  /** Pages in development need `eval` and a socket for reloading. */
  development: boolean;
  clock: Clock;
  log: Log;
};
