/** A tab while its learner gives it a name: Enter keeps it, Escape leaves it as it was, nothing takes it back. */
'use client';
import { useRef } from 'react';
import { TERMINAL_LABEL_MAX } from '#server/protocol/numbers.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { useMachineWords } from './machine-words.ts';
import { renamed } from './terminal-changes.ts';
import { keyOf, labelOf, type Tab } from './terminals.ts';
import type { TerminalsHandle } from './use-terminals.ts';

type TabNameProps = { tab: Tab; terminals: TerminalsHandle; onDone: () => void };

export function TabName({ tab, terminals, onDone }: TabNameProps) {
  const words = useMachineWords();
  const done = useRef(false);
  const end = (name: string | null, andFocus: boolean) => {
    if (done.current) return;
    done.current = true;
    if (name !== null)
      terminals.change((before) => ({ ...before, tabs: renamed(before.tabs, keyOf(tab), name) }));
    onDone();
    // Back to where one came from, as soon as the tab stands there again.
    if (andFocus)
      requestAnimationFrame(() => document.getElementById(`tab-${tab.machine}-${tab.name}`)?.focus());
  };
  return (
    <input
      ref={(input) => {
        if (!input || done.current || input === document.activeElement) return;
        input.focus();
        input.select();
      }}
      defaultValue={tab.label ?? ''}
      placeholder={labelOf({ machine: tab.machine, name: tab.name })}
      aria-label={fill(words.nameOf, { name: labelOf(tab) })}
      maxLength={TERMINAL_LABEL_MAX}
      autoComplete="off"
      spellCheck={false}
      className="h-(--hit) w-36 flex-none self-center rounded-touch border border-line-ui bg-panel px-2 text-sm text-ink"
      onKeyDown={(event) => {
        event.stopPropagation();
        // Enter that only ends the choice of a Chinese word names nothing yet.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') end(event.currentTarget.value, true);
        if (event.key === 'Escape') end(null, true);
      }}
      onBlur={(event) => end(event.currentTarget.value, false)}
    />
  );
}
