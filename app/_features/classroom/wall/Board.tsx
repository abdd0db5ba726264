/** The wall once it is known who is in the class: figures, order, tiles and keys joined. */
'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#app/_ui/Button.tsx';
import type { Tile } from '#server/protocol/wall.ts';
import { isFree } from '../keys.ts';
import { useWallWords } from '../words.ts';
import { EmptyClass } from './EmptyClass.tsx';
import { busiestLesson } from './figures.ts';
import { arrange, isStuck, NO_FILTER, type Filter } from './order.ts';
import { lessonId, outlineOf } from './outline.ts';
import { TileGrid } from './TileGrid.tsx';
import { useHeldOrder } from './use-held-order.ts';
import { useWallContext } from './wall-context.ts';
import { WallHead } from './WallHead.tsx';
import { keepPreferences, readPreferences, type WallPreferences } from './wall-preferences.ts';
import type { WallState } from './wall-state.ts';
import { WallTabs } from './WallTabs.tsx';

type BoardProps = { state: WallState & { tiles: ReadonlyMap<string, Tile> }; path: string };

export function Board({ state: { class: view, tiles }, path }: BoardProps) {
  const { w } = useWallWords();
  const { outlines } = useWallContext();
  const [preferences, setPreferences] = useState(() => readPreferences(view.id));
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const { sort, size } = preferences;
  const prefer = (change: Partial<WallPreferences>) => {
    const next = { ...preferences, ...change };
    setPreferences(next);
    keepPreferences(view.id, next);
  };
  // Where most were when the page was opened: it does not turn to another by itself.
  const [busiest] = useState(() => busiestLesson(view.lessons, tiles.values()));
  const chosen = outlines.find(({ key }) => lessonId(key) === preferences.lesson);
  const lesson = chosen ?? outlineOf(outlines, busiest) ?? outlines[0] ?? null;

  const wanted = useMemo(
    () => arrange(tiles.values(), { sort, filter, outlines }),
    [tiles, sort, filter, outlines],
  );
  const order = useHeldOrder(wanted);
  const hrefOf = useCallback((learner: string) => `${path}/learners/${learner}`, [path]);
  useBoardKeys({ tiles, hrefOf, sortAnew: order.sortAnew });

  const settings = `${path}/settings`;
  const all = [...tiles.values()];
  return (
    <>
      <WallHead
        lesson={lesson}
        settings={settings}
        onLesson={(id) => {
          prefer({ lesson: id });
          if (filter.lesson !== null) setFilter({ ...filter, lesson: id });
        }}
      />
      {tiles.size === 0 ? (
        <EmptyClass view={view} settings={settings} />
      ) : (
        <>
          <WallTabs
            sort={sort}
            onSort={(next) => prefer({ sort: next })}
            filter={filter}
            onFilter={(change) => setFilter({ ...filter, ...change })}
            lesson={outlines.length > 1 && lesson ? lessonId(lesson.key) : null}
            counts={{ hands: all.filter(({ handAt }) => handAt).length, stuck: all.filter(isStuck).length }}
            size={size}
            onSize={(next) => prefer({ size: next })}
            isHeld={order.isHeld}
            onSortAnew={order.sortAnew}
          />
          <TileGrid order={order} size={size} hrefOf={hrefOf} />
          {order.shown.length === 0 && (
            <p className="flex items-center gap-3 px-4 py-6 text-md text-ink-2">
              {w.nobodyFits}
              <Button kind="text" onClick={() => setFilter(NO_FILTER)}>
                {w.showAll}
              </Button>
            </p>
          )}
        </>
      )}
    </>
  );
}

type KeyOptions = {
  tiles: ReadonlyMap<string, Tile>;
  hrefOf: (learner: string) => string;
  sortAnew: () => void;
};

/** A answers a hand: that of the tile one is on, else the one that has been up longest. R sorts anew. */
function useBoardKeys(options: KeyOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!isFree(event)) return;
      const { tiles, hrefOf, sortAnew } = latest.current;
      if (event.key.toLowerCase() === 'r') sortAnew();
      if (event.key.toLowerCase() !== 'a') return;
      const focused = document.activeElement?.closest<HTMLElement>('[data-learner]')?.dataset.learner;
      const hands = [...tiles.values()]
        .filter(({ handAt }) => handAt)
        .toSorted((a, b) => Date.parse(a.handAt!) - Date.parse(b.handAt!));
      const answered = hands.find(({ learner }) => learner === focused) ?? hands[0];
      if (answered) location.assign(hrefOf(answered.learner));
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
}
