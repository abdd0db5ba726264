/** A quiet line while the wall is not live: what stands there is as of when, and when it is tried next. */
'use client';
import { fill } from '#app/_lib/i18n/words.ts';
import { clockTime } from '../say.ts';
import { useWallWords } from '../words.ts';
import { useTold } from './ticker.ts';
import type { Line } from './use-wall.ts';

export function LineLost({ line }: { line: Line }) {
  if (line.since === null) return null;
  return <Lost line={line} since={line.since} />;
}

function Lost({ line: { state, retry }, since }: { line: Line; since: number }) {
  const { w, t, locale } = useWallWords();
  const time = clockTime(new Date(since), locale, true);
  const words = useTold((nowMs) => {
    if (state.at === 'offline') return fill(w.offline, { time });
    const seconds = state.at === 'waiting' ? Math.ceil((state.retryAt - nowMs) / 1000) : 0;
    return seconds > 0 ? fill(w.lost, { seconds, time }) : fill(w.trying, { time });
  });
  return (
    <div role="status" className="line-notice">
      <span>{words}</span>
      <button type="button" className="font-strong text-accent hover:underline" onClick={retry}>
        {t.curtain.tryNow}
      </button>
    </div>
  );
}
