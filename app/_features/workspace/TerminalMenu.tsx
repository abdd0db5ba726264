/** What can be done with terminals and machines, as a menu. */
'use client';
import type { RefObject } from 'react';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { MACHINES_MOST } from '#server/protocol/numbers.ts';
import { call } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import type { MenuItem } from '#app/_ui/menu-item.ts';
import MenuList from '#app/_ui/MenuList.tsx';
import { close, keyOf, labelOf, move, toggleSplit } from './terminals.ts';
import { useFailure, useMachineWords } from './machine-words.ts';
import type { TerminalsHandle } from './use-terminals.ts';

type TerminalMenuProps = {
  id: string;
  which: 'new' | 'more';
  button: RefObject<HTMLButtonElement | null>;
  sandbox: SandboxView;
  machines: string[];
  terminals: TerminalsHandle;
  onAdd: (machine: string) => void;
  /** Of the terminal of this key. */
  onName: (key: string) => void;
  onRemove: (machine: string) => void;
  onClose: () => void;
};

export function TerminalMenu(props: TerminalMenuProps) {
  const { which, id, button, onClose, machines, onAdd } = props;
  const { t } = useI18n();
  const more = useMoreItems(props);
  const opens = machines.map((machine): MenuItem => ({
    kind: 'action',
    label: fill(t.work.newTerminalOn, { machine }),
    onSelect: () => onAdd(machine),
  }));
  return (
    <MenuList
      id={id}
      label={which === 'new' ? t.work.newTerminal : t.work.arrange}
      items={which === 'new' ? opens : more}
      button={button}
      onClose={onClose}
    />
  );
}

function useMoreItems({ sandbox, machines, terminals, onName, onRemove }: TerminalMenuProps): MenuItem[] {
  const { t } = useI18n();
  const words = useMachineWords();
  const fails = useFailure();
  const { tabs, active, right, stacked } = terminals.terminals;
  const at = tabs.findIndex((tab) => keyOf(tab) === active);
  const tab = tabs[at];
  const name = tab ? labelOf(tab) : '';
  const moves = (by: number) => () => terminals.change((before) => move(before, active, by));
  const split = (below: boolean) => () => {
    if (right === null || stacked !== below) terminals.change((before) => toggleSplit(before, below));
  };
  const items: MenuItem[] = [
    { kind: 'note', label: name },
    { kind: 'action', label: words.rename, keys: 'F2', onSelect: () => onName(active) },
    { kind: 'action', label: words.moveLeft, keys: '⇧←', onSelect: moves(-1), disabled: at <= 0 },
    {
      kind: 'action',
      label: words.moveRight,
      keys: '⇧→',
      onSelect: moves(1),
      disabled: at >= tabs.length - 1,
    },
    {
      kind: 'action',
      label: words.end,
      keys: 'Del',
      onSelect: () => terminals.change((before) => close(before, active)),
      disabled: tabs.length === 1,
    },
    { kind: 'line' },
    {
      kind: 'choice',
      label: t.work.unsplit,
      chosen: right === null,
      onSelect: () => right !== null && terminals.change((before) => toggleSplit(before, stacked)),
    },
    { kind: 'choice', label: t.work.split, chosen: right !== null && !stacked, onSelect: split(false) },
    { kind: 'choice', label: words.stacked, chosen: right !== null && stacked, onSelect: split(true) },
  ];
  // The machines of a lesson are those that it is written for.
  if (sandbox.lesson) return items;
  return [
    ...items,
    { kind: 'line' },
    {
      kind: 'action',
      label: sandbox.machines.length < MACHINES_MOST ? words.add : words.addMost,
      onSelect: () => void call('POST', `/api/sandboxes/${sandbox.id}/machines`, {}).catch(fails),
      disabled: sandbox.machines.length >= MACHINES_MOST,
    },
    ...machines.map((machine): MenuItem => ({
      kind: 'action',
      label: machines.length > 1 ? fill(words.remove, { machine }) : fill(words.removeLast, { machine }),
      onSelect: () => onRemove(machine),
      disabled: machines.length === 1,
    })),
  ];
}
