/** Who looks on, by name and for as long as they do; who asks to type; who types, with the end of it always in reach. */
'use client';
import { Eye, Keyboard } from 'lucide-react';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import type { Watcher } from '#server/protocol/classes.ts';
import { useInClassWords } from './words.ts';

/** In the status bar. */
export function Watchers({ watchers }: { watchers: readonly Watcher[] }) {
  const t = useInClassWords();
  if (watchers.length === 0) return null;
  return (
    <ul className="class-watchers">
      {watchers.map(({ id, name }) => (
        <li key={id} className="inline-flex min-w-0 items-center gap-1.5 text-ink" data-tip={t.watchesTip}>
          <Eye className="size-3.5! flex-none" />
          <span className="truncate">{fill(t.watches, { name })}</span>
        </li>
      ))}
    </ul>
  );
}

type StripProps = {
  watchers: readonly Watcher[];
  /** The learner's own hands are held now. */
  isPaused: boolean;
  onWord: (watcher: string, allow: boolean) => void;
};

/** Under the panes, whichever of them is on the screen. */
export function WatcherStrip({ watchers, isPaused, onWord }: StripProps) {
  const t = useInClassWords();
  const shown = watchers.filter(({ mode }) => mode !== 'watches');
  if (shown.length === 0) return null;
  return (
    <div className="class-strip">
      {shown.map((watcher) => {
        const { id, name, mode } = watcher;
        const types = mode === 'types';
        return (
          <div
            key={id}
            role="group"
            aria-label={fill(types ? t.types : t.asks, watcher)}
            data-mode={mode}
            className="class-request"
          >
            <p className="min-w-0 flex-1 text-pretty">
              <Keyboard className="mr-2 inline align-[-3px]" />
              <span className="font-strong wrap-anywhere">
                {fill(types ? t.types : t.asks, { name })}
              </span>{' '}
              <span className="text-ink-2">{types ? !isPaused && t.typesText : t.asksText}</span>
            </p>
            <span className="flex flex-none gap-2">
              {types ? (
                <Button onClick={() => onWord(id, false)} aria-label={fill(t.endName, { name })}>
                  {t.end}
                </Button>
              ) : (
                <>
                  <Button kind="go" onClick={() => onWord(id, true)}>
                    {t.allow}
                  </Button>
                  <Button onClick={() => onWord(id, false)}>{t.notNow}</Button>
                </>
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
}
