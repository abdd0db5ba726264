/** How is the machine: its state, memory and disk, how long it is kept, who looks on, and the line to the server; and what is handed in. */
'use client';
import type { ReactNode } from 'react';
import { formatShare } from '#app/_lib/sizes.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { Meter } from '#app/_ui/Meter.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { isClosed, machinesOf, type WorkspaceState } from './state.ts';
import { useNow } from './use-now.ts';

/** Before this much is left, nobody needs to think about it. */
const SAY_LEFT_MS = 24 * 3600_000;

type StatusProps = {
  state: WorkspaceState;
  /** Whose memory and disk are shown. */
  focused: string;
  onExtend: () => void;
  children: ReactNode;
};

export function StatusBar({ state, focused, onExtend, children }: StatusProps) {
  const { t } = useI18n();
  const now = useNow(30_000);
  const machines = state.sandbox?.machines ?? [];
  const shown = machines.find(({ name }) => name === focused) ?? machines[0];
  // Nothing was measured yet: a machine that runs uses something.
  const machine = shown && shown.memoryBytes > 0 ? shown : undefined;
  const label = (what: string) => (machines.length > 1 && shown ? `${shown.name} ${what}` : what);
  const { text, look } = machineStatus(t, state);
  const memory = machine && formatShare(machine.memoryBytes, machine.memoryLimitBytes);
  const disk = machine && formatShare(machine.diskBytes, machine.diskLimitBytes);
  const keptUntil = state.sandbox?.keptUntil;
  const endsSoon =
    now !== null && keptUntil !== undefined && Date.parse(keptUntil) - now.getTime() < SAY_LEFT_MS;
  return (
    <footer className="flex min-h-(--bar-status) flex-none items-center gap-4 overflow-hidden border-t border-line px-4 text-xs whitespace-nowrap text-ink-2 wide:gap-6">
      <span role="status" className="inline-flex min-w-0 items-center gap-1.5" data-status={look}>
        <StateMark look={look} />
        <span className="truncate">{text}</span>
      </span>
      {machine && memory && (
        <Meter
          label={label(t.machine.memory)}
          used={machine.memoryBytes}
          limit={machine.memoryLimitBytes}
          text={fill(t.machine.used, memory)}
        />
      )}
      {machine && disk && (
        <span className="max-narrow:hidden">
          <Meter
            label={t.machine.disk}
            used={machine.diskBytes}
            limit={machine.diskLimitBytes}
            text={fill(t.machine.used, disk)}
          />
        </span>
      )}
      {endsSoon && keptUntil && <SeldomPart part="kept" until={keptUntil} now={now} onExtend={onExtend} />}
      <span className="flex-1" />
      {state.viewers > 1 && <SeldomPart part="viewers" amount={state.viewers} />}
      {children}
    </footer>
  );
}

type Look = 'ready' | 'wait' | 'lost' | 'closed';

function machineStatus(t: Dictionary, state: WorkspaceState): { text: string; look: Look } {
  const { sandbox, line } = state;
  if (state.opening === 'reading') return { text: t.learn.reading, look: 'wait' };
  if (typeof state.opening === 'object') return { text: t.machine.none, look: 'closed' };
  if (isClosed(state)) return { text: t.machine.closed, look: 'closed' };
  if (!sandbox) return { text: t.machine.connecting, look: 'wait' };
  if (line.at === 'waiting' || line.at === 'offline') return { text: t.machine.lost, look: 'lost' };
  switch (sandbox.state) {
    case 'ready':
      return {
        text: fill(t.machine.ready, {
          machine: machinesOf(state).join(', ') || 'node1',
        }),
        look: 'ready',
      };
    case 'queued':
      return { text: t.machine.queued, look: 'wait' };
    case 'preparing':
      return { text: t.machine.preparing, look: 'wait' };
    case 'asleep':
      return { text: t.machine.asleep, look: 'wait' };
    case 'closed':
      return { text: t.machine.closed, look: 'closed' };
  }
}

/** Shape and colour say the same: full square, hollow square, half, cross. */
const SQUARE = 'M1.75 1.75h6.5v6.5h-6.5z';
const MARKS: Record<Look, { shape: string; colour: string; filled?: string }> = {
  ready: { shape: SQUARE, colour: 'text-ok', filled: SQUARE },
  wait: { shape: SQUARE, colour: 'text-ink-3' },
  lost: { shape: SQUARE, colour: 'text-near', filled: 'M5 1.75v6.5H1.75v-6.5z' },
  closed: { shape: 'M1.5 1.5l7 7M8.5 1.5l-7 7', colour: 'text-fail' },
};

function StateMark({ look }: { look: Look }) {
  const { shape, colour, filled } = MARKS[look];
  return (
    <svg
      viewBox="0 0 10 10"
      className={`size-2.5 ${colour}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d={shape} />
      {filled && <path d={filled} fill="currentColor" />}
    </svg>
  );
}
