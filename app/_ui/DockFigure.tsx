/** Drawings of the dock in section: at work with two containers on shared layers, and empty. */
const GROUND = 'M0 8 8 0';

export function DockAtWork({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 232 128" width="232" height="128" className={className} aria-hidden="true">
      <defs>
        <pattern
          id="dock-hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="2.5" height="6" fill="var(--fam-1-edge)" opacity=".55" />
        </pattern>
        <pattern id="dock-ground" width="8" height="8" patternUnits="userSpaceOnUse">
          <path d={GROUND} stroke="var(--line-2)" />
        </pattern>
      </defs>
      <path d="M0.5 4V120.5H231.5V4M0 57.5H232" fill="none" stroke="var(--line-ui)" />
      <path d="M0 121H232V127H0z" fill="url(#dock-ground)" />
      <path d="M20 14.5H220M20 17.5H220" stroke="var(--ink-2)" />
      <path d="M52.5 28V16M124.5 28V16" stroke="var(--ink-2)" strokeWidth="1.5" />
      <g fill="var(--ink-2)">
        <circle cx="52.5" cy="16" r="3" />
        <circle cx="124.5" cy="16" r="3" />
      </g>
      <g fill="var(--paper)" stroke="var(--ink)" strokeWidth="1.5">
        <rect x="20.75" y="28.75" width="64.5" height="28.5" />
        <rect x="92.75" y="28.75" width="64.5" height="28.5" />
        <path d="M96.5 29v28M153.5 29v28" />
      </g>
      <rect x="21.5" y="44" width="63" height="13" fill="url(#dock-hatch)" />
      <path d="M28 33l6 4-6 4z" fill="var(--ink)" />
      <path d="M102 33v8M106 33v8" stroke="var(--ink)" strokeWidth="2" />
      <path d="M28 58V70M78 58V70M100 58V70M150 58V70" stroke="var(--fam-1-edge)" />
      <g fill="var(--fam-1)" stroke="var(--fam-1-edge)">
        <rect x="20.5" y="70.5" width="137" height="3" />
        <rect x="20.5" y="75.5" width="137" height="3" />
        <rect x="20.5" y="80.5" width="137" height="20" />
      </g>
      <g fill="var(--fam-2)" stroke="var(--fam-2-edge)">
        <rect x="161.5" y="84.5" width="50" height="3" />
        <rect x="161.5" y="89.5" width="50" height="11" />
      </g>
      <rect x="20.5" y="102.5" width="191" height="18" fill="var(--stone)" stroke="var(--stone-edge)" />
    </svg>
  );
}

/** `water`: how full the dock is, 0 to 1; a wait fills it. */
export function EmptyDock({ className, water = 0 }: { className?: string; water?: number }) {
  const level = 120 - 62 * Math.min(1, Math.max(0, water));
  return (
    <svg viewBox="0 0 232 128" width="232" height="128" className={className} aria-hidden="true">
      <defs>
        <pattern id="empty-ground" width="8" height="8" patternUnits="userSpaceOnUse">
          <path d={GROUND} stroke="var(--line-2)" />
        </pattern>
      </defs>
      <rect
        x="1"
        y={level}
        width="230"
        height={120 - level}
        fill="var(--accent-wash)"
        className="dock-water"
      />
      <path d="M0.5 4V120.5H231.5V4" fill="none" stroke="var(--line-ui)" />
      <path d="M0 57.5H232" stroke="var(--line-ui)" />
      <path d="M0 121H232V127H0z" fill="url(#empty-ground)" />
      <path d="M20 14.5H212M20 17.5H212" stroke="var(--line-2)" />
      <path d="M200 43.5h14l-7 12zM202 60.5h10M204 63.5h6" fill="none" stroke="var(--line-ui)" />
      <rect
        x="20.5"
        y="70.5"
        width="137"
        height="32"
        fill="none"
        stroke="var(--line-2)"
        strokeDasharray="4 3"
      />
    </svg>
  );
}
