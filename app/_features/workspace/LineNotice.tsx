/** A quiet line while the connection is down: when it is tried next, and that nothing is lost. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import type { LineState } from '#app/_lib/reconnecting-socket.ts';
import { useNow } from './use-now.ts';

export function LineNotice({ line, onRetry }: { line: LineState; onRetry: () => void }) {
  if (line.at !== 'waiting' && line.at !== 'offline') return null;
  return <Lost line={line} onRetry={onRetry} />;
}

function Lost({ line, onRetry }: { line: LineState & { at: 'waiting' | 'offline' }; onRetry: () => void }) {
  const { t } = useI18n();
  const now = useNow(250);
  const seconds = line.at === 'waiting' && now ? Math.ceil((line.retryAt - now.getTime()) / 1000) : 0;
  return (
    // A dropped line that is back at once needs no word: this appears after a moment.
    <div role="status" className="line-notice">
      <span>
        {line.at === 'offline'
          ? t.curtain.offlineLine
          : seconds > 0
            ? fill(t.curtain.lostLine, { seconds })
            : t.curtain.tryingLine}
      </span>
      <button type="button" className="font-strong text-accent hover:underline" onClick={onRetry}>
        {t.curtain.tryNow}
      </button>
    </div>
  );
}
