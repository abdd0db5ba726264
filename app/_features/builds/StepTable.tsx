/** A build's steps as a table, stage by stage; a row takes two lines where there is no room for one. */
import { Minus } from 'lucide-react';
import type { Build, BuildStep } from '#server/protocol/builds.ts';
import { formatBytes } from '#app/_lib/sizes.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { Cross, Tick } from '#app/_ui/Marks.tsx';
import { sayLines, sayOutcome, sayTime, sayWhy } from './say.ts';
import { type Say, useBuildsWords } from './words.ts';

/** In a narrow pane each row is a small grid: line and instruction above, what became of it below. */
const ROW =
  'border-t border-line align-top @max-2xl:grid @max-2xl:grid-cols-[2.75rem_minmax(0,1fr)_auto] @max-2xl:px-4 @max-2xl:py-1.5';
const CELL = 'px-2 py-1.5 first:pl-4 last:pr-4 @max-2xl:p-0!';

export function StepTable({ build }: { build: Build }) {
  const say = useBuildsWords();
  const { words } = say;
  const groups = [...Map.groupBy(build.steps, ({ stage }) => stage ?? '')];
  const many = groups.filter(([stage]) => stage !== '').length > 1;
  const longest = Math.max(
    1,
    ...build.steps.map(({ outcome, durationMs }) => (hasTime(outcome) ? (durationMs ?? 0) : 0)),
  );
  return (
    <table className="w-full border-collapse text-sm @max-2xl:block">
      <thead className="text-left text-xs text-ink-2 @max-2xl:sr-only">
        <tr>
          {[words.line, words.instruction, words.result, words.why, words.time, words.added].map((title) => (
            <th key={title} scope="col" className={classes(CELL, 'font-normal last:text-right')}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(([stage, steps]) => (
        <tbody key={stage} className="@max-2xl:block">
          {many && stage !== '' && (
            <tr className="border-t border-line bg-paper @max-2xl:block">
              <th
                colSpan={6}
                scope="rowgroup"
                className="px-4 py-1 text-left text-xs font-strong @max-2xl:block"
              >
                {fill(words.stage, { name: stage })}
              </th>
            </tr>
          )}
          {steps.map((step, index) => (
            <Row key={index} step={step} build={build} longest={longest} say={say} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

const hasTime = (outcome: BuildStep['outcome']) => outcome === 'ran' || outcome === 'failed';
const isQuiet = (outcome: BuildStep['outcome']) => !hasTime(outcome) && outcome !== 'cached';

type RowProps = { step: BuildStep; build: Build; longest: number; say: Say };

function Row({ step, build, longest, say }: RowProps) {
  const { outcome, why, durationMs, bytes, said } = step;
  const shown = step.instruction.split('\n')[0]!;
  return (
    <>
      <tr className={classes(ROW, isQuiet(outcome) && 'text-ink-2')}>
        <td className={classes(CELL, 'font-mono text-mono-xs leading-5! whitespace-nowrap text-ink-2')}>
          {sayLines(step)}
        </td>
        <td className={classes(CELL, 'max-w-0 @max-2xl:col-span-2 @max-2xl:max-w-none @2xl:w-2/5')}>
          <code className="block truncate text-mono-xs leading-5!" title={step.instruction}>
            {shown}
          </code>
        </td>
        <td className={classes(CELL, 'whitespace-nowrap @max-2xl:col-start-2 @max-2xl:row-start-2')}>
          <span className="inline-flex items-center gap-1.5">
            <OutcomeMark outcome={outcome} />
            {sayOutcome(step, build, say)}
          </span>
        </td>
        <td
          className={classes(
            CELL,
            'text-ink-2 @max-2xl:col-span-2 @max-2xl:col-start-2 @max-2xl:row-start-3 @max-2xl:empty:hidden',
          )}
        >
          {why && sayWhy(why, say)}
        </td>
        <td className={classes(CELL, 'whitespace-nowrap @max-2xl:col-start-3 @max-2xl:row-start-2')}>
          {hasTime(outcome) && durationMs !== null && (
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden="true" className="inline-block h-1.5 w-16 @max-2xl:hidden">
                <span
                  className={classes('block h-1.5 min-w-px', outcome === 'failed' ? 'bg-fail' : 'bg-near')}
                  style={{ width: `${(100 * durationMs) / longest}%` }}
                />
              </span>
              {sayTime(durationMs, say)}
            </span>
          )}
          {bytes !== null && bytes > 0 && <span className="ml-2 @2xl:hidden">+{formatBytes(bytes)}</span>}
        </td>
        <td className={classes(CELL, 'text-right whitespace-nowrap @max-2xl:hidden')}>
          {bytes !== null && bytes > 0 ? formatBytes(bytes) : null}
        </td>
      </tr>
      {said.length > 0 && (
        <tr className="@max-2xl:block">
          <td colSpan={6} className="px-4 pb-2 @max-2xl:block">
            <pre className="border-l-2 border-fail bg-paper px-3 py-2 text-mono-xs wrap-anywhere whitespace-pre-wrap">
              {said.join('\n')}
            </pre>
          </td>
        </tr>
      )}
    </>
  );
}

/** A shape for each, so that no colour says it alone. */
function OutcomeMark({ outcome }: { outcome: BuildStep['outcome'] }) {
  if (outcome === 'cached') return <Tick className="size-2.5" />;
  if (outcome === 'failed') return <Cross className="size-2.5" />;
  if (outcome === 'ran')
    return (
      <svg viewBox="0 0 10 10" className="size-2.5 text-near" aria-hidden="true">
        <path d="M5 0.5 9.5 9.5h-9z" fill="currentColor" />
      </svg>
    );
  return <Minus className="size-2.5! text-ink-3" aria-hidden="true" />;
}
