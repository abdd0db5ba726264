/** What one who looks at a learner's sandbox knows of it: its terminals, and whether they may type; pure. */
import type { Watcher } from '#server/protocol/classes.ts';
import type { TerminalTab } from '#server/protocol/terminal-list.ts';

export type Watching = {
  /** Null until the server has told. */
  terminals: readonly TerminalTab[] | null;
  mode: Watcher['mode'];
  /** What became of the wish to type, as long as it is news. */
  news: 'allowed' | 'declined' | 'ended' | null;
  /** The watcher has ended it: what follows is no news. */
  isLeaving: boolean;
};

export const LOOKING: Watching = { terminals: null, mode: 'watches', news: null, isLeaving: false };

export type WatchingEvent =
  | { type: 'terminals'; terminals: readonly TerminalTab[] }
  /** Of this watcher; null where the server tells of none. */
  | { type: 'mode'; mode: Watcher['mode'] | null }
  | { type: 'leaving' }
  /** A wish, or its end, did not reach the server. */
  | { type: 'failed' };

export function step(state: Watching, event: WatchingEvent): Watching {
  switch (event.type) {
    case 'terminals':
      return { ...state, terminals: event.terminals };
    case 'leaving':
      return { ...state, isLeaving: true };
    case 'failed':
      return { ...state, isLeaving: false };
    case 'mode': {
      const mode = event.mode ?? 'watches';
      return mode === state.mode ? state : { ...state, mode, news: newsOf(state, mode), isLeaving: false };
    }
  }
}

function newsOf({ mode: before, isLeaving }: Watching, now: Watcher['mode']): Watching['news'] {
  if (now === 'types') return 'allowed';
  if (now === 'asks' || isLeaving) return null;
  return before === 'types' ? 'ended' : 'declined';
}
