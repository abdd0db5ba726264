/** Which terminals are open in the page, and which one or two of them are shown; pure. */
import type { TerminalTab } from '#server/protocol/terminal-list.ts';

export type Tab = TerminalTab;
export type Terminals = {
  /** The same in every browser; the rest is this one's own. */
  tabs: readonly Tab[];
  left: string;
  /** Null while one terminal is shown. */
  right: string | null;
  /** The one of the two that has, or last had, the focus. */
  active: string;
  /** The second one stands below the first, not beside it. */
  stacked: boolean;
};

export function keyOf(tab: Tab): string {
  return `${tab.machine}/${tab.name}`;
}

/** Of two machines both are to be seen: what one does often shows on the other. */
export function startWith(tabs: readonly Tab[]): Terminals {
  const first = tabs[0] ?? { machine: 'node1', name: '1' };
  const other = tabs.find(({ machine }) => machine !== first.machine);
  return {
    tabs: tabs.length > 0 ? tabs : [first],
    left: keyOf(first),
    right: other ? keyOf(other) : null,
    active: keyOf(first),
    stacked: false,
  };
}

export function machineOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** As its learner calls it; else `node1` for the first of a machine, then `node1 (2)`. */
export function labelOf({ label, machine, name }: Tab): string {
  return label ?? (name === '1' ? machine : `${machine} (${name})`);
}

/** Takes the smallest free number. */
export function open(terminals: Terminals, machine: string): Terminals {
  const taken = new Set(terminals.tabs.filter((tab) => tab.machine === machine).map((tab) => tab.name));
  let number = 1;
  while (taken.has(String(number))) number++;
  const tab = { machine, name: String(number) };
  return select({ ...terminals, tabs: [...terminals.tabs, tab] }, keyOf(tab));
}

/** The last one stays: a workspace without a terminal would be a dead end. */
export function close(terminals: Terminals, key: string): Terminals {
  const tabs = terminals.tabs.filter((tab) => keyOf(tab) !== key);
  return tabs.length > 0 ? arrange(terminals, tabs) : terminals;
}

/** What is shown of other tabs than before: of those that are gone a neighbour, and of a new machine its terminal too. */
export function arrange(before: Terminals, tabs: readonly Tab[]): Terminals {
  const has = (key: string | null) => tabs.some((tab) => keyOf(tab) === key);
  const { left, right, active } = before;
  const at = before.tabs.findIndex((tab) => keyOf(tab) === left);
  const first = [left, right].find(has) ?? keyOf(tabs[Math.min(Math.max(at, 0), tabs.length - 1)]!);
  const known = new Set(before.tabs.map(({ machine }) => machine));
  const fresh = right === null ? tabs.find(({ machine }) => !known.has(machine)) : undefined;
  const other = fresh ? keyOf(fresh) : right;
  const second = has(other) && other !== first ? other : null;
  return {
    ...before,
    tabs,
    left: first,
    right: second,
    active: second !== null && active === second ? second : first,
  };
}

/** @param by −1 to the left, 1 to the right; at the end it stays. */
export function move(terminals: Terminals, key: string, by: number): Terminals {
  const tabs = [...terminals.tabs];
  const at = tabs.findIndex((tab) => keyOf(tab) === key);
  if (!tabs[at + by]) return terminals;
  tabs.splice(at + by, 0, ...tabs.splice(at, 1));
  return { ...terminals, tabs };
}

/** One that is shown gets the focus; another takes the place of the one that has it. */
export function select(terminals: Terminals, key: string): Terminals {
  if (!terminals.tabs.some((tab) => keyOf(tab) === key)) return terminals;
  if (key === terminals.left || key === terminals.right) return { ...terminals, active: key };
  const side = terminals.active === terminals.right ? 'right' : 'left';
  return { ...terminals, [side]: key, active: key };
}

/** Shows a second terminal beside or below, opening it where there is none yet; asked again, goes back to the active one alone. */
export function toggleSplit(terminals: Terminals, stacked = false): Terminals {
  const { tabs, left, right } = terminals;
  if (right !== null)
    return terminals.stacked === stacked
      ? { ...terminals, left: terminals.active, right: null }
      : { ...terminals, stacked };
  const other = tabs.find((tab) => keyOf(tab) !== left);
  if (other) return { ...terminals, right: keyOf(other), stacked };
  const opened = open(terminals, tabs[0]!.machine);
  return { ...opened, left, right: opened.active, active: left, stacked };
}

/** Reads what this browser kept of a sandbox; whatever is not ours is forgotten. */
export function parseLayout(text: string | null, usual: Terminals): Terminals {
  try {
    const { left, right, active, stacked } = JSON.parse(text!) as Terminals;
    return { ...usual, left, right, active, stacked: stacked === true };
  } catch {
    // Nothing kept, or nothing of ours: as usual.
    return usual;
  }
}
