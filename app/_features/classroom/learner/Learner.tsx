/** One learner of a class: where they are and why they are stuck, what happened, and their terminals beside it; live. */
'use client';
import '../wall/wall.css';
import type { ReactNode } from 'react';
import { ButtonLink } from '#app/_ui/Button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { Notice } from '#app/_ui/Notice.tsx';
import type { LearnerDetail, Tile } from '#server/protocol/wall.ts';
import { LineLost } from '../wall/LineLost.tsx';
import { outlineOf, type Outline } from '../wall/outline.ts';
import { TickerContext, useTicker } from '../wall/ticker.ts';
import { useWall } from '../wall/use-wall.ts';
import { useTile, useWallState } from '../wall/wall-context.ts';
import { useWallWords } from '../words.ts';
import { CareButtons } from './CareButtons.tsx';
import { TimelinePart } from './TimelinePart.tsx';
import { useTimeline } from './use-timeline.ts';
import { Whereabouts } from './Whereabouts.tsx';

type LearnerProps = {
  detail: LearnerDetail;
  outlines: Outline[];
  /** Draws the terminals of a sandbox. */
  terminals: (sandbox: string, learner: string) => ReactNode;
  /** Draws what going back to a snapshot loses. */
  losses: (sandbox: string, snapshot: string) => ReactNode;
};

export function Learner({ detail, outlines, terminals, losses }: LearnerProps) {
  const { w, locale } = useWallWords();
  const { class: view, tile: first } = detail;
  const { learner } = first;
  const ticker = useTicker();
  const { store, line } = useWall(view);
  const { tiles } = useWallState(store);
  const live = useTile(store, learner);
  const past = useTimeline({ classId: view.id, learner, start: detail.timeline, tile: live });
  const hasLeft = tiles !== null && live === null;
  if (line.state.at === 'closed' || hasLeft)
    return (
      <main id="content" className="flex flex-1">
        <Notice title={hasLeft ? w.left : w.refusedTitle} text={hasLeft ? first.name : w.refusedText}>
          <ButtonLink kind="go" href={`/${locale}/classes${hasLeft ? `/${view.id}` : ''}`}>
            {hasLeft ? view.name : w.toClasses}
          </ButtonLink>
        </Notice>
      </main>
    );
  const tile = live ?? first;
  const { sandbox } = tile;
  return (
    <TickerContext value={ticker}>
      <LineLost line={line} />
      <main
        id="content"
        className="flex min-h-0 flex-1 flex-col wide:grid wide:grid-cols-[464px_1px_minmax(0,1fr)]"
      >
        <div
          className="flex min-h-0 flex-col gap-5 px-4 pt-5 pb-8 wide:overflow-y-auto"
          tabIndex={0}
          role="group"
          aria-label={tile.name}
        >
          <Whereabouts tile={tile} events={past.timeline.events} outlines={outlines} />
          {sandbox && sandbox.state !== 'closed' && (
            <CareButtons
              classId={view.id}
              learner={tile}
              sandbox={sandbox.id}
              outline={outlineOf(outlines, tile.lesson)}
              losses={losses}
            />
          )}
          {tile.presence !== 'never' && <TimelinePart past={past} outlines={outlines} />}
        </div>
        <div className="bg-line max-wide:hidden" />
        <div
          className={classes(
            'flex min-w-0 flex-col border-b border-line wide:min-h-0 wide:border-0',
            sandbox?.state === 'ready' && 'max-wide:order-first max-wide:h-[56dvh]',
          )}
        >
          {sandbox?.state === 'ready' ? terminals(sandbox.id, tile.name) : <NoTerminals tile={tile} />}
        </div>
      </main>
    </TickerContext>
  );
}

function NoTerminals({ tile: { sandbox } }: { tile: Tile }) {
  const { w } = useWallWords();
  const words =
    sandbox?.state === 'asleep'
      ? w.learner.machineAsleep
      : sandbox && sandbox.state !== 'closed'
        ? w.learner.machineComing
        : w.learner.noMachine;
  return (
    <div className="flex flex-1 bg-panel">
      <Notice heading="h2" title={w.learner.terminals} text={words} />
    </div>
  );
}
