/** Tells the server what was done to the tabs, one action after the other. */
import { call } from '#app/_lib/api/browser.ts';
import type { TerminalAction } from '#server/protocol/terminal-list.ts';
import { keyOf, type Tab } from './terminals.ts';

/** The actions that lead from one list to the other. */
export function actionsBetween(before: readonly Tab[], after: readonly Tab[]): TerminalAction[] {
  const actions: TerminalAction[] = [];
  const has = (tabs: readonly Tab[], tab: Tab) => tabs.some((other) => keyOf(other) === keyOf(tab));
  const which = ({ machine, name }: Tab) => ({ machine, name });
  for (const tab of after) if (!has(before, tab)) actions.push({ action: 'open', ...which(tab) });
  for (const tab of before) if (!has(after, tab)) actions.push({ action: 'close', ...which(tab) });
  for (const tab of after) {
    const label = before.find((other) => keyOf(other) === keyOf(tab))?.label;
    if (label !== tab.label) actions.push({ action: 'rename', ...which(tab), label: tab.label ?? null });
  }
  // The others keep their order: moving the one that is out of place mends it.
  const order = [...before.filter((tab) => has(after, tab)), ...after.filter((tab) => !has(before, tab))];
  for (const [to, tab] of after.entries()) {
    const at = order.findIndex((other) => keyOf(other) === keyOf(tab));
    if (at === to) continue;
    actions.push({ action: 'move', ...which(tab), to });
    order.splice(to, 0, ...order.splice(at, 1));
  }
  return actions;
}

/** The list as the server has it then; null where there was nothing to tell. Rejects with ApiError. */
export async function sendChanges(
  sandbox: string,
  before: readonly Tab[],
  after: readonly Tab[],
): Promise<Tab[] | null> {
  let list: Tab[] | null = null;
  for (const action of actionsBetween(before, after))
    list = await call<Tab[]>('POST', `/api/sandboxes/${sandbox}/terminals`, action);
  return list;
}

/** An empty name takes it back. */
export function renamed(tabs: readonly Tab[], key: string, name: string): readonly Tab[] {
  const at = tabs.findIndex((tab) => keyOf(tab) === key);
  const { label, ...plain } = tabs[at]!;
  const wanted = name.trim();
  if (wanted === (label ?? '')) return tabs;
  return tabs.with(at, wanted === '' ? plain : { ...plain, label: wanted });
}
