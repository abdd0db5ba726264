/** Tasks as small squares: ticked, ticked with help, half for almost, empty; shape and colour say the same. */
import type { Tile } from '#server/protocol/wall.ts';

/** More would crowd out the rest of a tile. */
const MOST = 8;
const PITCH = 14;

export function TaskMarks({ tasks, label }: { tasks: Tile['tasks']; label?: string }) {
  const shown = tasks.slice(0, MOST);
  const rest = tasks.length - shown.length;
  if (shown.length === 0) return null;
  const width = shown.length * PITCH - 4;
  return (
    <span className="inline-flex flex-none items-center gap-1">
      <svg
        width={width}
        height="10"
        viewBox={`0 0 ${width} 10`}
        fill="none"
        {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      >
        {shown.map(({ id, state }, index) => (
          <g key={id} transform={`translate(${index * PITCH})`}>
            <Mark state={state} />
          </g>
        ))}
      </svg>
      {rest > 0 && <span className="text-ink-3">+{rest}</span>}
    </span>
  );
}

const TICK = 'M2.5 5.2l2 2 3-4';

function Mark({ state }: { state: Tile['tasks'][number]['state'] }) {
  switch (state) {
    case 'passed':
      return (
        <>
          <rect x=".5" y=".5" width="9" height="9" fill="var(--ok)" stroke="var(--ok)" />
          <path d={TICK} stroke="var(--panel)" strokeWidth="1.5" />
        </>
      );
    case 'helped':
      return (
        <>
          <rect x=".5" y=".5" width="9" height="9" stroke="var(--ok)" />
          <path d={TICK} stroke="var(--ok)" strokeWidth="1.5" />
        </>
      );
    case 'near':
      return (
        <>
          <rect x=".75" y=".75" width="8.5" height="8.5" stroke="var(--near)" strokeWidth="1.5" />
          <path d="M1 1h4v8h-4z" fill="var(--near)" />
        </>
      );
    case 'open':
      return <rect x=".5" y=".5" width="9" height="9" stroke="var(--line-ui)" />;
  }
}
