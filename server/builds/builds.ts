/** The builds of all machines that are up: looked at when a machine's engine tells that one has ended, or when somebody asks. */
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import { OneAtATime } from '../lib/one-at-a-time.ts';
import { BUILD_LIMITS, type BuildNote } from '../protocol/builds.ts';
import type { Builds } from './contract.ts';
import { MachineBuilds } from './machine-builds.ts';
import { asNote } from './view.ts';

export type BuildsOptions = {
  engine: Pick<Engine, 'dial' | 'run'>;
  sandboxes: Pick<Sandboxes, 'all' | 'on'>;
  /** A machine's BuildKit has come to the end of something; a plain subscription, so that this room knows no traces. */
  onSolved(listener: (place: { sandbox: string; machine: string }) => void): Unsubscribe;
  clock: Clock;
  log: Log;
};

type Watched = {
  ref: MachineRef;
  sinceMs: number;
  builds: MachineBuilds;
  looking: OneAtATime;
  lookedAtMs: number;
  isUp: boolean;
};

/** Who asks is answered with what was seen so lately. */
const RECENT_MS = 3000;

export function openBuilds(options: BuildsOptions): Builds & AsyncDisposable {
  const { engine, sandboxes, clock, log } = options;
  const events = new Emitter<{ sandbox: string; note: BuildNote }>();
  const watched = new Map<string, Watched>();

  const begin = (ref: MachineRef) => {
    const key = keyOf(ref);
    const builds = new MachineBuilds({ engine, ref, clock });
    const looking = new OneAtATime(async () => {
      const found = await builds.look();
      here.lookedAtMs = clock.now().getTime();
      if (watched.get(key) !== here) return;
      // What was built before we were there is no news.
      for (const build of found.filter(({ endedAt }) => Date.parse(endedAt) >= here.sinceMs))
        events.emit({ sandbox: ref.sandbox, note: asNote(build) });
    });
    // A tenant's engine may answer nothing or nonsense; the next build asks anew.
    looking.onFailure = (error) => log.debug('the builds of a machine cannot be read', { ...ref, error });
    const here: Watched = {
      ref,
      sinceMs: clock.now().getTime(),
      builds,
      looking,
      lookedAtMs: -Infinity,
      isUp: true,
    };
    watched.set(key, here);
  };

  const ofSandbox = (sandbox: string) => [...watched.values()].filter(({ ref }) => ref.sandbox === sandbox);
  const unsubscribe = [
    sandboxes.on((event) => {
      if (event.type === 'machine-up') begin(event.ref);
      if (event.type === 'machine-down') {
        const gone = watched.get(keyOf(event.ref));
        if (gone) gone.isUp = false;
      }
      if (event.type === 'changed' && event.sandbox.state === 'closed')
        for (const { ref } of ofSandbox(event.sandbox.id)) watched.delete(keyOf(ref));
    }),
    options.onSolved((place) => watched.get(keyOf(place))?.looking.start()),
  ];
  for (const sandbox of sandboxes.all()) for (const ref of sandbox.machines.values()) begin(ref);

  return {
    async of(sandbox) {
      const here = ofSandbox(sandbox);
      const nowMs = clock.now().getTime();
      const waiting = here.map(async ({ lookedAtMs, looking, isUp }) => {
        // The trace may have lost the end of a build.
        if (isUp && nowMs - lookedAtMs > RECENT_MS) looking.start();
        await looking.ended;
      });
      await Promise.all(waiting);
      return here
        .flatMap(({ builds }) => builds.builds)
        .toSorted((a, b) => (a.endedAt < b.endedAt ? 1 : -1))
        .slice(0, BUILD_LIMITS.kept);
    },
    on: (listener) => events.on(listener),
    async [Symbol.asyncDispose]() {
      for (const end of unsubscribe) end();
      const looks = [...watched.values()].map(({ looking }) => looking.ended);
      watched.clear();
      await Promise.all(looks);
    },
  };
}

const keyOf = ({ sandbox, machine }: { sandbox: string; machine: string }) => `${sandbox}/${machine}`;
