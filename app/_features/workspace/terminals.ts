/** Which terminals are open in the page, and which one or two of them are shown; pure. */
export type Tab = { machine: string; name: string };
export type Terminals = {
  tabs: readonly Tab[];
  left: string;
  /** Null while one terminal is shown. */
  right: string | null;
  /** The one of the two that has, or last had, the focus. */
  active: string;
};

/** The server's own default: more are refused there. */
export const TABS_MOST = 8;

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
  };
}

export function machineOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** `node1` for the first of a machine, then `node1 (2)`. */
export function labelOf(tab: Tab): string {
  return tab.name === '1' ? tab.machine : `${tab.machine} (${tab.name})`;
}

/** Takes the smallest free number: a terminal that was closed in the page comes back with what it showed. */
export function open(terminals: Terminals, machine: string): Terminals {
  if (!mayOpen(terminals, machine)) return terminals;
  const taken = new Set(terminals.tabs.filter((tab) => tab.machine === machine).map((tab) => tab.name));
  let number = 1;
  while (taken.has(String(number))) number++;
  const tab = { machine, name: String(number) };
  return select({ ...terminals, tabs: [...terminals.tabs, tab] }, keyOf(tab));
}

export function mayOpen(terminals: Terminals, machine: string): boolean {
  return terminals.tabs.filter((tab) => tab.machine === machine).length < TABS_MOST;
}

/** The last one stays: a workspace without a terminal would be a dead end. */
export function close(terminals: Terminals, key: string): Terminals {
  const at = terminals.tabs.findIndex((tab) => keyOf(tab) === key);
  if (at < 0 || terminals.tabs.length === 1) return terminals;
  const tabs = terminals.tabs.filter((tab) => keyOf(tab) !== key);
  if (key === terminals.right) return { tabs, left: terminals.left, right: null, active: terminals.left };
  if (key !== terminals.left) return { ...terminals, tabs };
  const left = terminals.right ?? keyOf(tabs[Math.min(at, tabs.length - 1)]!);
  return { tabs, left, right: null, active: left };
}

/** One that is shown gets the focus; another takes the place of the one that has it. */
export function select(terminals: Terminals, key: string): Terminals {
  if (!terminals.tabs.some((tab) => keyOf(tab) === key)) return terminals;
  if (key === terminals.left || key === terminals.right) return { ...terminals, active: key };
  const side = terminals.active === terminals.right ? 'right' : 'left';
  return { ...terminals, [side]: key, active: key };
}

/** Shows a second terminal to the right, opening it where there is none yet; or goes back to the active one alone. */
export function toggleSplit(terminals: Terminals): Terminals {
  if (terminals.right !== null) return { ...terminals, left: terminals.active, right: null };
  const { tabs, left } = terminals;
  const other = tabs.find((tab) => keyOf(tab) !== left);
  if (other) return { ...terminals, right: keyOf(other) };
  const machine = tabs[0]!.machine;
  const opened = open(terminals, machine);
  return { ...opened, left, right: opened.active, active: left };
}

/** Reads what this browser kept; whatever is not ours is forgotten. */
export function parseTerminals(text: string | null, usual: Terminals): Terminals {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    return usual;
  }
  const { tabs, left, right, active } = (kept ?? {}) as Record<keyof Terminals, unknown>;
  if (!Array.isArray(tabs)) return usual;
  const good = tabs.filter(isTab).map(({ machine, name }) => ({ machine, name }));
  if (good.length === 0) return usual;
  const keys = good.map(keyOf);
  const first = keys.find((key) => key === left) ?? keys[0]!;
  const second = keys.find((key) => key === right && key !== first) ?? null;
  return {
    tabs: good,
    left: first,
    right: second,
    active: second !== null && second === active ? second : first,
  };
}

function isTab(value: unknown): value is Tab {
  const { machine, name } = (value ?? {}) as Partial<Tab>;
  return /^node[1-9]$/.test(machine ?? '') && /^[a-z0-9-]{1,16}$/.test(name ?? '');
}
