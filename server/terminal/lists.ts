/** Keeps for each sandbox which terminals its learner has, in which order and under which names; ends what is closed. */
import { KeyedLock } from '../lib/keyed-lock.ts';
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { TerminalAction, TerminalTab } from '../protocol/terminal-list.ts';
import type { Sandbox, Sandboxes } from '../sandbox/contract.ts';
import type { SandboxTable } from '../store/contract.ts';
import { TerminalError, type TerminalLists, type Terminals } from './contract.ts';
import { changeList, fitList, isSame, type TerminalList } from './list.ts';

export type TerminalListsOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  table: Pick<SandboxTable, 'get' | 'update'>;
  terminals: Pick<Terminals, 'end'>;
  /** Those that a sandbox begins with. */
  usual: (sandbox: Sandbox) => readonly TerminalTab[];
  limits: { terminalsPerMachine: number };
  log: Log;
};

export function openTerminalLists(options: TerminalListsOptions): TerminalLists & Disposable {
  const { sandboxes, table, terminals, usual, limits } = options;
  const log = options.log.for('terminal');
  const known = new Map<string, TerminalList>();
  const turn = new KeyedLock();
  const events = new Emitter<{ sandbox: string; terminals: TerminalTab[] }>();

  const read = async (sandbox: Sandbox): Promise<TerminalList> => {
    const list = known.get(sandbox.id) ?? (await table.get(sandbox.id))?.terminals ?? usual(sandbox);
    const fit = fitList(list, machinesOf(sandbox));
    // Also what nobody has changed yet: a machine that comes later is news to whoever was told of it.
    known.set(sandbox.id, fit);
    return fit;
  };

  /** One change after the other: each is made to what the one before left. */
  const change = (sandbox: Sandbox, how: (list: TerminalList) => TerminalList): Promise<TerminalList> =>
    turn.run(sandbox.id, async () => {
      const before = await read(sandbox);
      const after = how(before);
      known.set(sandbox.id, after);
      if (after === before) return after;
      await table.update(sandbox.id, { terminals: [...after] });
      events.emit({ sandbox: sandbox.id, terminals: [...after] });
      return after;
    });

  const changeLater = (sandbox: Sandbox, how: (list: TerminalList) => TerminalList) => {
    change(sandbox, how).catch((error: unknown) =>
      log.error('the list of terminals could not be kept', { sandbox: sandbox.id, error }),
    );
  };

  const unsubscribe = sandboxes.on((event) => {
    const { sandbox } = event;
    if (event.type === 'machine-added')
      changeLater(sandbox, (list) =>
        list.some(({ machine }) => machine === event.machine)
          ? list
          : [...list, { machine: event.machine, name: '1' }],
      );
    // What was on it has gone with it.
    if (event.type === 'machine-removed') changeLater(sandbox, (list) => [...list]);
    if (event.type === 'changed' && sandbox.state === 'closed') known.delete(sandbox.id);
  });

  return {
    async of(id) {
      const sandbox = sandboxes.get(id);
      return sandbox ? [...(await turn.run(id, () => read(sandbox)))] : [];
    },
    async change(id, action: TerminalAction) {
      const sandbox = sandboxes.get(id);
      if (!sandbox || !machinesOf(sandbox).includes(action.machine))
        throw new TerminalError('not_found', 'There is no such machine.');
      let ended = false;
      const after = await change(sandbox, (list) => {
        const changed = changeList(list, action, limits.terminalsPerMachine);
        ended = list.some((tab) => isSame(tab, action)) && !changed.some((tab) => isSame(tab, action));
        return changed;
      });
      const { machine, name: terminal } = action;
      if (ended) await terminals.end({ sandbox: id, machine, terminal });
      return [...after];
    },
    on: (listener): Unsubscribe => events.on(listener),
    [Symbol.dispose]: unsubscribe,
  };
}

/** Not those that are only being made. */
function machinesOf(sandbox: Sandbox): string[] {
  return sandbox
    .view()
    .machines.filter(({ change }) => change === undefined || change.what === 'removing')
    .map(({ name }) => name);
}
