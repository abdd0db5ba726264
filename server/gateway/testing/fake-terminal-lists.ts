/** The lists of terminals behind the gateway, in memory. */
import { Emitter } from '#server/lib/emitter.ts';
import type { TerminalAction, TerminalTab } from '#server/protocol/terminal-list.ts';
import type { TerminalLists } from '#server/terminal/contract.ts';

/** One list for all. */
export class FakeTerminalLists implements TerminalLists {
  readonly events = new Emitter<{ sandbox: string; terminals: TerminalTab[] }>();
  readonly actions: TerminalAction[] = [];
  list: TerminalTab[] = [{ machine: 'node1', name: '1' }];
  /** Thrown by the next change. */
  fails: Error | null = null;

  async of(): Promise<TerminalTab[]> {
    return this.list;
  }

  async change(sandbox: string, action: TerminalAction): Promise<TerminalTab[]> {
    if (this.fails) throw this.fails;
    this.actions.push(action);
    this.events.emit({ sandbox, terminals: this.list });
    return this.list;
  }

  on(listener: (event: { sandbox: string; terminals: TerminalTab[] }) => void) {
    return this.events.on(listener);
  }
}
