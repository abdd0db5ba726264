/** What each action makes of a sandbox's list of terminals; pure. */
import type { TerminalAction, TerminalTab } from '../protocol/terminal-list.ts';
import { TerminalError } from './contract.ts';

export type TerminalList = readonly TerminalTab[];
type Which = Pick<TerminalTab, 'machine' | 'name'>;

/** @throws TerminalError `too_many_terminals`, `not_found` */
export function changeList(list: TerminalList, action: TerminalAction, mostPerMachine: number): TerminalList {
  const at = list.findIndex((tab) => isSame(tab, action));
  if (action.action === 'open') return at >= 0 ? list : opened(list, action, mostPerMachine);
  const tab = list[at];
  if (!tab) throw new TerminalError('not_found', 'There is no such terminal any more.');
  const others = list.toSpliced(at, 1);
  switch (action.action) {
    case 'close':
      // A workspace without a terminal would be a dead end.
      return others.length > 0 ? others : list;
    case 'rename': {
      const { label: _, ...plain } = tab;
      return list.with(at, action.label === null ? plain : { ...plain, label: action.label });
    }
    case 'move':
      return others.toSpliced(action.to, 0, tab);
  }
}

function opened(list: TerminalList, { machine, name }: Which, mostPerMachine: number): TerminalList {
  if (list.filter((tab) => tab.machine === machine).length >= mostPerMachine)
    throw new TerminalError(
      'too_many_terminals',
      `A machine has at most ${mostPerMachine} terminals. Close one to open another.`,
    );
  return [...list, { machine, name }];
}

/** Only of machines that are there, and never none at all. */
export function fitList(list: TerminalList, machines: readonly string[]): TerminalList {
  const left = list.filter((tab) => machines.includes(tab.machine));
  return left.length > 0 ? left : machines.slice(0, 1).map((machine) => ({ machine, name: '1' }));
}

export function isSame(one: Which, other: Which): boolean {
  return one.machine === other.machine && one.name === other.name;
}
