/** Above the tiles: which lesson, how many are here, ask, are stuck, have finished, the code to join by, and each task. */
'use client';
import { ChevronDown } from 'lucide-react';
import { fill } from '#app/_lib/i18n/words.ts';
import { Menu } from '#app/_ui/Menu.tsx';
import { useWallWords } from '../words.ts';
import { figuresOf, taskLines } from './figures.ts';
import { JoinCode } from './JoinCode.tsx';
import { lessonId, type Outline } from './outline.ts';
import { PauseButton } from './PauseButton.tsx';
import { TaskTable } from './TaskTable.tsx';
import { useWallContext, useWallState } from './wall-context.ts';

type HeadProps = {
  lesson: Outline | null;
  onLesson: (id: string) => void;
  settings: string;
};

export function WallHead({ lesson, onLesson, settings }: HeadProps) {
  const { w } = useWallWords();
  const { store, outlines, meeting } = useWallContext();
  const { class: view, tiles, stats } = useWallState(store);
  const all = [...(tiles ?? new Map()).values()];
  const figures = figuresOf(all, lesson && lessonId(lesson.key));
  return (
    <section className="grid gap-x-8 gap-y-4 px-4 pt-4 pb-3 full:grid-cols-[336px_minmax(0,1fr)]">
      <div className="flex flex-col gap-3">
        <p className="-mb-2 text-ink-2 narrow:hidden">{view.name}</p>
        <div className="flex items-start gap-1">
          <h1 className="text-xl font-strong tracking-tight text-balance">{lesson?.title ?? view.name}</h1>
          {outlines.length > 1 && (
            <Menu
              label={w.otherLesson}
              className="mt-0.5"
              items={outlines.map((outline) => ({
                kind: 'choice',
                label: outline.title,
                chosen: outline === lesson,
                onSelect: () => onLesson(lessonId(outline.key)),
              }))}
            >
              <ChevronDown />
            </Menu>
          )}
        </div>
        <dl className="flex flex-wrap gap-x-6 gap-y-2">
          <Figure name={w.here} value={figures.here} of={fill(w.ofLearners, { count: figures.of })} />
          <Figure name={w.hands} value={figures.hands} />
          <Figure name={w.stuck} value={figures.stuck} />
          <Figure name={w.finished} value={figures.finished} />
        </dl>
        {/* Always there, so that what it says is read aloud. */}
        <p role="status" className="mt-auto text-near">
          {view.paused && (
            <>
              <b className="font-strong">{w.paused}</b> {w.pausedText}
            </>
          )}
        </p>
        {meeting}
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <JoinCode view={view} settings={settings} />
          <PauseButton view={view} onChanged={(changed) => store.hear({ type: 'class', class: changed })} />
        </div>
      </div>
      {lesson && <TaskTable lines={taskLines(lesson, stats, all)} of={figures.of} />}
    </section>
  );
}

function Figure({ name, value, of }: { name: string; value: number; of?: string }) {
  return (
    <div>
      <dt className="text-ink-3">{name}</dt>
      <dd className="text-lg font-strong">
        {value} {of && <span className="text-sm font-normal text-ink-3">{of}</span>}
      </dd>
    </div>
  );
}
