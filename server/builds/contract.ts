/** What a learner's builds did, as their machines' BuildKit tells it. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Build, BuildNote } from '../protocol/builds.ts';

export interface Builds {
  /** Newest first; a machine that was not asked lately is asked now. */
  of(sandbox: string): Promise<Build[]>;
  /** A build ended; what it did is known. */
  on(listener: (event: { sandbox: string; note: BuildNote }) => void): Unsubscribe;
}
