/** A thin bar that says how much of something is used, and turns to words and colour when little is left. */
type MeterProps = { label: string; used: number; limit: number; text: string };

export function Meter({ label, used, limit, text }: MeterProps) {
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  const colour = share >= 0.9 ? 'bg-fail' : share >= 0.75 ? 'bg-near' : 'bg-ink-2';
  return (
    <span className="inline-flex items-center gap-1.5">
      {label}
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
        className="inline-block h-1 w-12 bg-line"
      >
        <span className={`block h-1 ${colour}`} style={{ width: `${share * 100}%` }} />
      </span>
      {text}
    </span>
  );
}

/** A longer bar for a wait; without a known total it only says that something goes on. */
export function Progress({ label, done, total }: { label: string; done?: number; total?: number }) {
  const known = done !== undefined && total !== undefined && total > 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(known ? { 'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuenow': done } : {})}
      className="h-1 w-56 max-w-full overflow-hidden bg-line"
    >
      <div
        className={
          known
            ? 'h-1 bg-accent transition-[width] duration-(--t-move)'
            : 'progress-unknown h-1 w-1/4 bg-accent'
        }
        style={known ? { width: `${(100 * done) / total}%` } : undefined}
      />
    </div>
  );
}
