/** Tells from the feed when a return that was asked for is over. */
import type { FeedMessage, Notice } from '#server/protocol/feed.ts';

export type Hears = (listener: (message: FeedMessage) => void) => () => void;
export type Arrival = 'back' | 'lost';

/** Said by themselves, with the way out. */
const LOST: ReadonlySet<Notice> = new Set<Notice>(['not_started', 'not_replayed']);

/** Begin before asking: a quick machine is back before the answer to the request is. */
export function watchArrival(sandbox: string, hears: Hears) {
  let isAsked = false;
  let wasAway = false;
  let quiet = () => {};
  const over = new Promise<Arrival>((resolve) => {
    quiet = hears((message) => {
      if (message.type === 'notice' && LOST.has(message.notice)) resolve('lost');
      if (message.type !== 'sandbox' && message.type !== 'all') return;
      const { id, state } = message.sandbox;
      if (id !== sandbox) return;
      if (state === 'closed') resolve('lost');
      else if (state !== 'ready') wasAway = true;
      // A line that was down may have missed the whole of it.
      else if (wasAway || (isAsked && message.type === 'all')) resolve('back');
    });
  }).finally(() => quiet());
  return {
    over,
    /** The server has taken it on. */
    asked: () => void (isAsked = true),
    /** It was refused. */
    forget: () => quiet(),
  };
}
