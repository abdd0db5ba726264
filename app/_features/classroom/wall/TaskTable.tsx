/** How each task of a lesson goes in the class: who has passed, who is almost there, how long it takes, what goes wrong most. */
'use client';
import { useWallWords } from '../words.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { duration } from '../say.ts';
import type { TaskLine } from './figures.ts';

export function TaskTable({ lines, of }: { lines: TaskLine[]; of: number }) {
  const { w, locale } = useWallWords();
  if (lines.length === 0) return <p className="py-1 text-ink-3">{w.noTasks}</p>;
  return (
    <div className="max-h-45 overflow-y-auto" tabIndex={0} role="group" aria-label={w.tasks}>
      <table className="task-table w-full border-collapse">
        <caption className="sr-only">{w.tasks}</caption>
        <thead>
          <tr>
            <th scope="col">{w.task}</th>
            <th scope="col" colSpan={2}>
              {fill(w.passedOf, { count: of })}
            </th>
            <th scope="col" className="num max-narrow:hidden">
              {w.median}
            </th>
            <th scope="col" className="w-full max-wide:hidden">
              {w.miss}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ task, title, passed, near, medianSeconds, miss }) => (
            <tr key={task}>
              <td className="max-w-72 truncate max-wide:w-full max-wide:max-w-40" title={title}>
                {title}
              </td>
              <td>
                <Bar passed={passed} near={near} of={of} />
              </td>
              <td className="num font-strong">{passed}</td>
              <td className="num max-narrow:hidden">{medianSeconds !== null && duration(medianSeconds)}</td>
              <td className="w-full max-w-0 truncate text-ink-2 max-wide:hidden" title={miss?.words[locale]}>
                {miss && (
                  <>
                    <b className="font-strong text-near">{miss.learners}</b> {miss.words[locale]}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const WIDTH = 288;

/** Passed is solid, almost is outlined in its colour behind it, the rest is empty. */
function Bar({ passed, near, of }: { passed: number; near: number; of: number }) {
  const { w } = useWallWords();
  const px = (learners: number) => (of > 0 ? Math.round((WIDTH * Math.min(learners, of)) / of) : 0);
  const [solid, beside] = [px(passed), px(Math.min(near, Math.max(0, of - passed)))];
  const words = fill(near > 0 ? w.passedNearBar : w.passedBar, { passed, near, count: of });
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 12`}
      preserveAspectRatio="none"
      className="block h-3 w-24 narrow:w-40 full:w-72"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <rect
        x=".5"
        y=".5"
        width={WIDTH - 1}
        height="11"
        fill="none"
        stroke="var(--line-2)"
        vectorEffect="non-scaling-stroke"
      />
      <rect width={solid} height="12" fill="var(--ink)" />
      {beside > 2 && (
        <rect
          x={solid + 0.75}
          y=".75"
          width={beside - 1.5}
          height="10.5"
          fill="var(--near-wash)"
          stroke="var(--near)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
