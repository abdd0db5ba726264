/** The wall of a class: live from the moment it is open, dated while the line is down. */
'use client';
import './wall.css';
import { useMemo, type ReactNode } from 'react';
import { ButtonLink } from '#app/_ui/Button.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { Notice } from '#app/_ui/Notice.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import { useWallWords } from '../words.ts';
import { Board } from './Board.tsx';
import { HostBar } from './HostBar.tsx';
import { LineLost } from './LineLost.tsx';
import type { Outline } from './outline.ts';
import { TickerContext, useTicker } from './ticker.ts';
import { useWall } from './use-wall.ts';
import { useWallState, WallContext } from './wall-context.ts';

/** `meeting`: a line on when all come together, which another feature knows. */
type WallProps = { view: ClassView; outlines: Outline[]; meeting: ReactNode };

export function Wall({ view, outlines, meeting }: WallProps) {
  const { locale, w } = useWallWords();
  const ticker = useTicker();
  const { store, line } = useWall(view);
  const state = useWallState(store);
  const value = useMemo(() => ({ store, outlines, meeting }), [store, outlines, meeting]);
  if (line.state.at === 'closed')
    return (
      <main id="content" className="flex flex-1">
        <Notice title={w.refusedTitle} text={w.refusedText}>
          <ButtonLink kind="go" href={`/${locale}/classes`}>
            {w.toClasses}
          </ButtonLink>
        </Notice>
      </main>
    );
  const { tiles } = state;
  return (
    <TickerContext value={ticker}>
      <WallContext value={value}>
        <LineLost line={line} />
        <main id="content" className="flex flex-1 flex-col">
          {tiles ? (
            <Board state={{ ...state, tiles }} path={`/${locale}/classes/${view.id}`} />
          ) : (
            <Loading name={view.name} />
          )}
        </main>
        <HostBar host={state.host} />
      </WallContext>
    </TickerContext>
  );
}

function Loading({ name }: { name: string }) {
  const { w } = useWallWords();
  return (
    <div className="px-4 pt-4">
      <h1 className="text-xl font-strong tracking-tight">{name}</h1>
      <div className="after-300ms mt-4 flex flex-col gap-2 text-ink-2" role="status">
        {w.loading}
        <Progress label={w.loading} />
      </div>
    </div>
  );
}
