/** Tells people what is kept of them, and removes them: when they wish it, or a guest who has been away for long. */
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type Sandboxes, SandboxError } from '../sandbox/contract.ts';
import type { PeopleTable } from '../store/people.ts';
import type { Tasks } from '../tasks/contract.ts';
import type { Classes, People } from './contract.ts';

export type PeopleOptions = {
  table: PeopleTable;
  sandboxes: Pick<Sandboxes, 'of' | 'close'>;
  tasks: Pick<Tasks, 'settled'>;
  classes: Pick<Classes, 'removeUser'>;
  /** A guest who has done nothing for so long is removed. */
  guestsKeptMs: number;
  clock: Clock;
  log: Log;
};

const ROUND_EVERY_MS = 3_600_000;
/** Whoever has just restarted the server does not wait for this. */
const FIRST_ROUND_MS = 60_000;
/** What a shell had still to say when its sandbox was closed is written within seconds. */
const LATE_MS = 60_000;

export function openPeople(options: PeopleOptions): People {
  const { table, sandboxes, clock, log } = options;
  let timer: Timer;
  let round: Promise<void> = Promise.resolve();

  const repeat = (ms: number) => {
    timer = clock.after(ms, () => {
      round = sweep(options)
        .catch((error: unknown) => log.error('guests could not be removed', { error }))
        .then(() => repeat(ROUND_EVERY_MS));
    });
  };
  repeat(FIRST_ROUND_MS);

  return {
    data: (userId) => table.kept(userId),
    async remove(userId) {
      if (await table.isLastAdmin(userId)) return 'last_admin';
      return (await removeUser(options, userId)) ? 'removed' : 'owns_classes';
    },
    async [Symbol.asyncDispose]() {
      await round;
      timer.cancel();
    },
  };

  async function sweep({ guestsKeptMs }: PeopleOptions): Promise<void> {
    const nowMs = clock.now().getTime();
    for (const guest of await table.idleGuests(new Date(nowMs - guestsKeptMs))) {
      // A page that lies open in a tab asks for nothing, and yet somebody may be reading it.
      if (sandboxes.of(guest).some(({ state, isPresent }) => isPresent || state !== 'asleep')) continue;
      await removeUser(options, guest);
      log.info('a guest who had been away for long was removed', { user: guest });
    }
    await table.forgetLeftovers(new Date(nowMs - LATE_MS));
  }
}

/** False where classes are theirs; then nothing was done. */
function removeUser(options: PeopleOptions, userId: string): Promise<boolean> {
  const { table, sandboxes, tasks, classes } = options;
  return classes.removeUser(userId, async () => {
    for (const { id } of sandboxes.of(userId)) await sandboxes.close(id).catch(unlessGone);
    // What they still had to write down would fail, or stay, once the user is gone.
    await tasks.settled();
    await table.remove(userId);
  });
}

function unlessGone(error: unknown): void {
  if (!(error instanceof SandboxError && error.code === 'not_found')) throw error;
}
