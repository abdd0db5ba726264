/** A network as a rail, with what hangs on it, and a published port as a plug in the host's wall. */

export function Rail({ x, w, y }: { x: number; w: number; y: number }) {
  return <path d={`M${x} ${y - 1.5}h${w}M${x} ${y + 1.5}h${w}`} stroke="var(--ink-2)" className="d-sharp" />;
}

/** Joined to the network: a knot on the rail and a line to the container's edge at `to`. */
export function Knot({ x, y, to }: { x: number; y: number; to: number }) {
  return (
    <>
      <path d={`M${x} ${y}V${to}`} stroke="var(--ink-2)" strokeWidth="1.5" />
      <circle cx={x} cy={y} r="4" fill="var(--ink-2)" />
    </>
  );
}

/** A port opened in the wall at `y`, and the ring where something listens at `to`. */
export function Plug({ x, y, to }: { x: number; y: number; to: number }) {
  return (
    <>
      <path d={`M${x} ${y}V${to - 4}`} stroke="var(--ink)" strokeWidth="1.5" />
      <path d={`M${x - 8} ${y - 12}h16v7h-4v6h-8v-6h-4z`} fill="var(--ink)" />
      <circle cx={x} cy={to} r="4" fill="var(--panel)" stroke="var(--ink)" strokeWidth="1.5" />
    </>
  );
}
