/** One learner on the wall. Drawn anew when this learner's tile changes, and when an age on it reads differently. */
'use client';
import { Eye, Hand } from 'lucide-react';
import { memo } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import type { Tile } from '#server/protocol/wall.ts';
import { ageOf, handAge, reasonsOf, sentence, standing, tasksOfStep } from '../say.ts';
import { useWallWords } from '../words.ts';
import { isAsleep, isStuck } from './order.ts';
import { outlineOf, stepNumber } from './outline.ts';
import { TaskMarks } from './TaskMarks.tsx';
import { useTold } from './ticker.ts';
import { useTile, useWallContext } from './wall-context.ts';

type CellProps = {
  learner: string;
  href: string;
  /** The one that Tab reaches; arrows lead to the others. */
  isCurrent: boolean;
};

export const TileCell = memo(function TileCell({ learner, href, isCurrent }: CellProps) {
  const { store } = useWallContext();
  const { w } = useWallWords();
  const tile = useTile(store, learner);
  return (
    <li className="wall-cell" data-look={tile ? lookOf(tile) : 'off'}>
      {tile ? (
        <TileLink tile={tile} href={href} isCurrent={isCurrent} />
      ) : (
        <p className="wall-tile text-xs text-ink-3">{w.left}</p>
      )}
    </li>
  );
});

/** `hand`: asks; `stuck`: somebody should look; `off`: nobody is at work there. */
function lookOf(tile: Tile): 'hand' | 'stuck' | 'off' | 'usual' {
  if (tile.handAt) return 'hand';
  if (isStuck(tile)) return 'stuck';
  return tile.presence === 'never' || isAsleep(tile) ? 'off' : 'usual';
}

function TileLink({ tile, href, isCurrent }: { tile: Tile; href: string; isCurrent: boolean }) {
  const words = useWallWords();
  const { w } = words;
  const { outlines } = useWallContext();
  const outline = outlineOf(outlines, tile.lesson);
  const age = useTold((nowMs) => (tile.activeAt ? ageOf(tile.activeAt, nowMs, words) : ''));
  const hand = useTold((nowMs) => (tile.handAt ? handAge(tile.handAt, nowMs, words) : ''));
  const name = useTold((nowMs) => sentence(tile, outline, nowMs, words));
  const state = standing(tile, words);
  const why = state ?? (tile.stuck.reasons.length > 0 ? reasonsOf(tile.stuck.reasons, words) : null);
  const { command, screen } = tile;
  return (
    <a href={href} className="wall-tile" tabIndex={isCurrent ? 0 : -1} data-learner={tile.learner}>
      <span className="sr-only">{name}</span>
      <span className="flex min-h-0 flex-1 flex-col" aria-hidden="true">
        <span className="flex h-5 items-center gap-2 whitespace-nowrap">
          <b className="truncate text-md font-strong">{tile.name}</b>
          {tile.handAt && (
            <span className="wall-hand">
              <Hand /> <b>{hand}</b>
            </span>
          )}
          <span className="wall-right">
            {tile.watched && <Eye className="size-3.5!" />}
            {age}
          </span>
        </span>
        {command && (
          <span className="wall-command">
            <code title={command.line}>{command.line}</code>
            {command.exitCode === 0 ? (
              <span className="wall-quiet">0</span>
            ) : (
              <span className="font-strong text-fail">{fill(w.exit, { code: command.exitCode })}</span>
            )}
          </span>
        )}
        {!state && screen.length > 0 && (
          <code className="wall-screen">
            {screen.map((line, index) => (
              <span key={index}>{line}</span>
            ))}
          </code>
        )}
        <span className="wall-why">{why}</span>
        <TileFoot tile={tile} step={stepNumber(outline, tile.step)} tasks={tasksOfStep(tile, outline)} />
      </span>
    </a>
  );
}

function TileFoot({ tile, step, tasks }: { tile: Tile; step: number | null; tasks: Tile['tasks'] }) {
  const { w } = useWallWords();
  const { score } = tile.stuck;
  const works = tile.presence !== 'never' && tile.lesson && !tile.finishedAt && !isAsleep(tile);
  return (
    <span className="flex h-4 items-center gap-1.5 text-xs whitespace-nowrap">
      {works && (
        <>
          <span className="wall-score">
            <i style={{ width: `${score}%` }} />
          </span>
          <b className="wall-score-number">{score}</b>
        </>
      )}
      <span className="wall-right">
        {step !== null && fill(w.step, { step })}
        <TaskMarks tasks={tasks} />
      </span>
    </span>
  );
}
