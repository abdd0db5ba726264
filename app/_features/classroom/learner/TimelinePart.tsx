/** What happened to one learner, newest first; earlier pages are fetched when they are asked for. */
'use client';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '#app/_ui/Button.tsx';
import { TOOL } from '#app/_ui/IconButton.tsx';
import { useWallWords } from '../words.ts';
import type { Outline } from '../wall/outline.ts';
import { EventRow } from './EventRow.tsx';
import { idOf, KINDS, ofKind, withoutBlinks, type Kind } from './timeline.ts';
import type { TimelineHandle } from './use-timeline.ts';

const never = () => () => {};

export function TimelinePart({ past, outlines }: { past: TimelineHandle; outlines: readonly Outline[] }) {
  const { w } = useWallWords();
  const [kind, setKind] = useState<Kind>('all');
  // The server does not know the reader's clock: times are drawn in the browser.
  const isThere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const { events, before } = past.timeline;
  const shown = ofKind(withoutBlinks(events), kind);
  return (
    <section className="border-t border-ink pt-3">
      <h2 className="text-lg font-strong">{w.learner.timeline}</h2>
      <div role="group" aria-label={w.only} className="-mx-2 mb-1 flex flex-wrap">
        {KINDS.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === kind}
            className={TOOL}
            onClick={() => setKind(choice)}
          >
            {w.learner.kinds[choice]}
          </button>
        ))}
      </div>
      {isThere && (
        <ol>
          {shown.map((event) => (
            <EventRow key={idOf(event)} event={event} outlines={outlines} />
          ))}
        </ol>
      )}
      {shown.length === 0 && (
        <p className="py-1 text-ink-3">{events.length === 0 ? w.learner.nothing : w.learner.nothingOf}</p>
      )}
      {past.isFailed && (
        <p role="status" className="text-near">
          {w.learner.timelineFailed}
        </p>
      )}
      {before !== null && (
        <Button
          kind="text"
          className="-ml-2"
          aria-disabled={past.isLoading}
          onClick={() => void past.loadEarlier()}
        >
          {w.learner.earlier}
        </Button>
      )}
    </section>
  );
}
