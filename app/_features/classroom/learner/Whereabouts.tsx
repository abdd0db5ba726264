/** Where a learner is: lesson, step and each task, with the near miss in words; and why they seem to be stuck. */
'use client';
import { Hand } from 'lucide-react';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import type { Tile, TimelineEvent } from '#server/protocol/wall.ts';
import { ageOf, handAge, isPassed, reasonOf, standing } from '../say.ts';
import { isStuck } from '../wall/order.ts';
import { outlineOf, type Outline } from '../wall/outline.ts';
import { TaskMarks } from '../wall/TaskMarks.tsx';
import { useTold } from '../wall/ticker.ts';
import { useWallWords } from '../words.ts';
import { lastMiss } from './timeline.ts';

type WhereProps = { tile: Tile; events: readonly TimelineEvent[]; outlines: readonly Outline[] };

export function Whereabouts({ tile, events, outlines }: WhereProps) {
  const { w } = useWallWords();
  const outline = outlineOf(outlines, tile.lesson);
  return (
    <>
      <Name tile={tile} />
      <Stuck tile={tile} />
      <section className="border-t border-ink pt-3">
        <h2 className="text-lg font-strong">{outline?.title ?? w.learner.where}</h2>
        {tile.presence === 'never' ? (
          <p className="text-ink-2">{w.learner.never}</p>
        ) : outline && tile.lesson ? (
          <Steps tile={tile} events={events} outline={outline} />
        ) : (
          <p className="text-ink-2">{w.learner.noLesson}</p>
        )}
      </section>
    </>
  );
}

function Name({ tile }: { tile: Tile }) {
  const words = useWallWords();
  const { w } = words;
  const age = useTold((nowMs) => (tile.activeAt ? ageOf(tile.activeAt, nowMs, words) : ''));
  const hand = useTold((nowMs) => (tile.handAt ? handAge(tile.handAt, nowMs, words) : ''));
  const active = age === w.now ? w.activeNow : fill(w.activeAgo, { time: age });
  return (
    <div>
      <h1 className="text-xl font-strong tracking-tight break-words">{tile.name}</h1>
      <p className="flex min-h-6 flex-wrap items-center gap-x-3 text-ink-2">
        {tile.handAt && (
          <span className="wall-hand" role="status">
            <Hand /> {fill(w.handSince, { time: hand })}
          </span>
        )}
        {[standing(tile, words), age && active].filter(Boolean).join(w.between)}
      </p>
    </div>
  );
}

function Stuck({ tile: { stuck, ...tile } }: { tile: Tile }) {
  const words = useWallWords();
  const { w } = words;
  const isHot = isStuck({ ...tile, stuck });
  if (stuck.reasons.length === 0) return null;
  return (
    <section
      className={classes('border-l-2 px-4 py-2', isHot ? 'border-near bg-near-wash' : 'border-line-ui')}
    >
      <h2 className="flex items-center gap-2 font-strong">
        {isHot ? w.learner.stuck : w.learner.signs}
        <span className="ml-auto inline-block h-1 w-12 bg-line-2" aria-hidden="true">
          <span
            className={classes('block h-1', isHot ? 'bg-near' : 'bg-ink-2')}
            style={{ width: `${stuck.score}%` }}
          />
        </span>
        <span
          className={isHot ? 'text-near' : undefined}
          aria-label={fill(w.stuckScore, { score: stuck.score })}
          role="img"
        >
          {stuck.score}
        </span>
      </h2>
      <ul>
        {stuck.reasons.map((reason) => (
          <li key={reason.kind}>{reasonOf(reason, words)}</li>
        ))}
      </ul>
    </section>
  );
}

function Steps({
  tile,
  events,
  outline,
}: {
  tile: Tile;
  events: readonly TimelineEvent[];
  outline: Outline;
}) {
  const { w, locale } = useWallWords();
  const states = new Map(tile.tasks.map((task) => [task.id, task]));
  return (
    <ol className="mt-1">
      {outline.steps.map((step, index) => {
        const tasks = step.tasks.flatMap(({ id }) => states.get(id) ?? []);
        const isHere = step.id === tile.step;
        return (
          <li
            key={step.id}
            aria-current={isHere ? 'step' : undefined}
            className="border-t border-line py-1 first:border-0"
          >
            <p className="flex items-center gap-3">
              <span className={classes('min-w-0 truncate', isHere ? 'font-strong' : 'text-ink-2')}>
                {index + 1} · {step.title}
              </span>
              <span className="ml-auto">
                <TaskMarks
                  tasks={tasks}
                  label={fill(w.tasksDone, { passed: tasks.filter(isPassed).length, count: tasks.length })}
                />
              </span>
            </p>
            {isHere && (
              <ul className="pb-1 pl-4">
                {step.tasks.map(({ id, title }) => {
                  const task = states.get(id);
                  const miss = task?.state === 'near' ? lastMiss(events, outline.key, id) : null;
                  return (
                    <li key={id}>
                      <span className="flex items-center gap-2">
                        {task && <TaskMarks tasks={[task]} label={w[`task_${task.state}`]} />}
                        <span className="min-w-0 break-words">{title}</span>
                      </span>
                      {miss && <p className="pl-4.5 text-near">{miss[locale]}</p>}
                    </li>
                  );
                })}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}
