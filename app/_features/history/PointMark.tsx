/** The marks on the timeline: start, end of a step, kept by hand, now, and dashed for what was not there yet. */
import { Tick } from '#app/_ui/Marks.tsx';

export function PointMark({ kind }: { kind: 'start' | 'step' | 'named' | 'now' | 'ahead' }) {
  return (
    <span className="timeline-mark" aria-hidden="true">
      {kind === 'step' ? (
        <Tick className="size-2.5" />
      ) : (
        <svg
          viewBox="0 0 13 13"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          className={kind === 'now' ? 'size-3.25 text-accent' : 'size-3.25 text-ink-2'}
        >
          {kind === 'start' && <circle cx="6.5" cy="6.5" r="4.75" />}
          {kind === 'named' && <path d="M6.5 1 12 6.5 6.5 12 1 6.5z" />}
          {kind === 'now' && <circle cx="6.5" cy="6.5" r="5.5" fill="currentColor" />}
          {kind === 'ahead' && <circle cx="6.5" cy="6.5" r="4.75" strokeDasharray="2 1.73" />}
        </svg>
      )}
    </span>
  );
}
