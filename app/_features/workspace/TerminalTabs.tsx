/** A tab per terminal, and one more for a new one. */
'use client';
import { FolderTree, Plus, Terminal, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { Menu } from '#app/_ui/Menu.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { close, keyOf, labelOf, mayOpen, open, select, type Tab } from './terminals.ts';
import type { TerminalsHandle } from './use-terminals.ts';

/** Files stand where the terminals do: one more tab. */
type FilesTab = { shown: boolean; show: (shown: boolean) => void };
type TabsProps = { terminals: TerminalsHandle; machines: string[]; files: FilesTab };

export function TerminalTabs({ terminals, machines, files }: TabsProps) {
  const { t } = useI18n();
  const { show } = useVoice();
  const { tabs, active } = terminals.terminals;

  const add = (machine: string) => {
    if (!mayOpen(terminals.terminals, machine)) return show(t.work.tooManyTerminals, 'near');
    files.show(false);
    terminals.change((before) => open(before, machine));
  };
  const only = machines[0] ?? tabs[0]?.machine ?? 'node1';

  return (
    <div className="flex min-w-0 flex-1 items-stretch">
      <div
        role="tablist"
        aria-label={t.work.terminals}
        className="tab-list flex min-w-0 items-stretch gap-5 overflow-x-auto"
        onKeyDown={walk}
      >
        {tabs.map((tab) => (
          <TabButton
            key={keyOf(tab)}
            tab={tab}
            terminals={terminals}
            chosen={!files.shown && keyOf(tab) === active}
            onChoose={() => files.show(false)}
          />
        ))}
        <button
          type="button"
          role="tab"
          id="tab-files"
          aria-selected={files.shown}
          aria-controls={files.shown ? 'files' : undefined}
          tabIndex={files.shown ? 0 : -1}
          className="tab flex-none"
          onClick={() => files.show(true)}
        >
          <FolderTree />
          {t.work.files}
        </button>
      </div>
      <div className="ml-2 flex flex-none items-center">
        {machines.length > 1 ? (
          <Menu
            label={t.work.newTerminal}
            items={machines.map((machine) => ({
              kind: 'action',
              label: fill(t.work.newTerminalOn, { machine }),
              onSelect: () => add(machine),
            }))}
          >
            <Plus />
          </Menu>
        ) : (
          <IconButton label={t.work.newTerminal} onClick={() => add(only)}>
            <Plus />
          </IconButton>
        )}
      </div>
    </div>
  );
}

type TabButtonProps = { tab: Tab; terminals: TerminalsHandle; chosen: boolean; onChoose: () => void };

function TabButton({ tab, terminals, chosen, onChoose }: TabButtonProps) {
  const { t } = useI18n();
  const key = keyOf(tab);
  const { tabs, left, right } = terminals.terminals;
  return (
    <div role="presentation" className="group flex flex-none items-stretch">
      <button
        type="button"
        role="tab"
        id={`tab-${tab.machine}-${tab.name}`}
        aria-selected={chosen}
        aria-controls={chosen ? `terminal-${tab.machine}-${tab.name}` : undefined}
        tabIndex={chosen ? 0 : -1}
        className={classes('tab', !chosen && (key === left || key === right) && 'text-ink!')}
        onClick={() => {
          onChoose();
          terminals.change((before) => select(before, key));
          requestAnimationFrame(() => terminals.active()?.focus());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Delete') terminals.change((before) => close(before, key));
        }}
      >
        <Terminal />
        {labelOf(tab)}
      </button>
      {tabs.length > 1 && (
        <button
          type="button"
          // In a tablist only tabs are stops; Delete closes one by keyboard.
          tabIndex={-1}
          aria-hidden="true"
          title={fill(t.work.closeTerminal, { name: labelOf(tab) })}
          className="-mr-2 ml-0.5 flex w-6 items-center justify-center self-center rounded-touch py-1 text-ink-3 hover:bg-well hover:text-ink"
          onClick={() => terminals.change((before) => close(before, key))}
        >
          <X className="size-3.5!" />
        </button>
      )}
    </div>
  );
}

/** Arrows walk the tabs; Enter or Space chooses, so that walking past does not jump the screen about. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length]?.focus();
}
