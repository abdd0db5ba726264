/** A tab per terminal, one for the files, and what makes, names, moves and ends terminals and machines. */
'use client';
import { Ellipsis, FolderTree, Plus, Terminal, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { MenuButton } from '#app/_ui/MenuButton.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { close, keyOf, labelOf, move, open, select, type Tab } from './terminals.ts';
import type { TerminalsHandle } from './use-terminals.ts';

/** Files stand where the terminals do: one more tab. */
type FilesTab = { shown: boolean; show: (shown: boolean) => void };
type TabsProps = { sandbox: SandboxView; terminals: TerminalsHandle; machines: string[]; files: FilesTab };

export function TerminalTabs({ sandbox, terminals, machines, files }: TabsProps) {
  const { t } = useI18n();
  const { tabs, active } = terminals.terminals;
  const [menu, setMenu] = useState<'new' | 'more' | null>(null);
  const [naming, setNaming] = useState<string | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const id = useId();
  const plus = useRef<HTMLButtonElement>(null);
  const dots = useRef<HTMLButtonElement>(null);

  const add = (machine: string) => {
    files.show(false);
    terminals.change((before) => open(before, machine));
  };
  const toggle = (which: 'new' | 'more') => setMenu(menu === which ? null : which);

  return (
    <div className="flex min-w-0 flex-1 items-stretch">
      <div
        role="tablist"
        aria-label={t.work.terminals}
        className="tab-list flex min-w-0 items-stretch gap-5 overflow-x-auto"
        onKeyDown={walk}
      >
        {tabs.map((tab) =>
          naming === keyOf(tab) ? (
            <SeldomPart
              key={keyOf(tab)}
              part="name"
              tab={tab}
              terminals={terminals}
              onDone={() => setNaming(null)}
            />
          ) : (
            <TabButton
              key={keyOf(tab)}
              tab={tab}
              terminals={terminals}
              chosen={!files.shown && keyOf(tab) === active}
              onChoose={() => files.show(false)}
              onName={() => setNaming(keyOf(tab))}
            />
          ),
        )}
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
          <MenuButton
            ref={plus}
            id={id}
            shown={menu === 'new'}
            label={t.work.newTerminal}
            onToggle={() => toggle('new')}
          >
            <Plus />
          </MenuButton>
        ) : (
          <IconButton label={t.work.newTerminal} onClick={() => add(machines[0] ?? 'node1')}>
            <Plus />
          </IconButton>
        )}
        <MenuButton
          ref={dots}
          id={id}
          shown={menu === 'more'}
          label={t.work.arrange}
          onToggle={() => toggle('more')}
        >
          <Ellipsis />
        </MenuButton>
      </div>
      {sandbox.machines.some(({ change }) => change) && (
        <SeldomPart part="coming" machines={sandbox.machines} />
      )}
      {menu && (
        <SeldomPart
          part="menu"
          key={menu}
          id={id}
          which={menu}
          button={menu === 'new' ? plus : dots}
          sandbox={sandbox}
          machines={machines}
          terminals={terminals}
          onAdd={add}
          onName={setNaming}
          onRemove={setRemoving}
          onClose={() => setMenu(null)}
        />
      )}
      {removing && (
        <SeldomPart part="remove" sandbox={sandbox.id} machine={removing} onClose={() => setRemoving(null)} />
      )}
    </div>
  );
}

type TabButtonProps = {
  tab: Tab;
  terminals: TerminalsHandle;
  chosen: boolean;
  onChoose: () => void;
  onName: () => void;
};

function TabButton({ tab, terminals, chosen, onChoose, onName }: TabButtonProps) {
  const { t } = useI18n();
  const key = keyOf(tab);
  const { tabs, left, right } = terminals.terminals;
  const button = useRef<HTMLButtonElement>(null);
  // One that was opened by a button at the other end may stand beyond the edge.
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Delete') terminals.change((before) => close(before, key));
    if (event.key === 'F2') onName();
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!event.shiftKey || !by) return;
    event.preventDefault();
    event.stopPropagation();
    terminals.change((before) => move(before, key, by));
    // What is moved in the document loses the focus.
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div role="presentation" className="group flex flex-none items-stretch">
      <button
        ref={button}
        type="button"
        role="tab"
        id={`tab-${tab.machine}-${tab.name}`}
        aria-selected={chosen}
        aria-controls={chosen ? `terminal-${tab.machine}-${tab.name}` : undefined}
        tabIndex={chosen ? 0 : -1}
        className={classes('tab', !chosen && (key === left || key === right) && 'text-ink!')}
        onClick={({ detail }) => {
          // The second click of two asks for its name.
          if (detail > 1) return;
          onChoose();
          terminals.change((before) => select(before, key));
          // Unless a second click has come meanwhile, and its name is asked for in its place.
          requestAnimationFrame(() => button.current && terminals.active()?.focus());
        }}
        onDoubleClick={onName}
        onKeyDown={press}
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
