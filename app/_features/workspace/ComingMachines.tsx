/** Machines on their way: in the queue, being made, or being taken away. */
'use client';
import type { MachineView } from '#server/protocol/sandbox.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { useMachineWords } from './machine-words.ts';

export function ComingMachines({ machines }: { machines: readonly MachineView[] }) {
  const words = useMachineWords();
  const text = ({ name, change }: MachineView) => {
    if (change?.what === 'queued') return fill(words.queued, { machine: name, place: change.place });
    return fill(change?.what === 'making' ? words.making : words.removing, { machine: name });
  };
  return (
    <span role="status" className="ml-2 flex min-w-0 items-center gap-3 text-sm text-ink-2">
      {machines
        .filter(({ change }) => change)
        .map((machine) => (
          <span
            key={machine.name}
            className="inline-flex min-w-0 items-center gap-2"
            data-change={machine.name}
          >
            <span className="h-1 w-8 flex-none overflow-hidden bg-line" aria-hidden="true">
              <span className="progress-unknown block h-1 w-1/4 bg-accent" />
            </span>
            <span className="truncate">{text(machine)}</span>
          </span>
        ))}
    </span>
  );
}
