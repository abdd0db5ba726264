/** What is kept of sandboxes, in memory: two snapshots that are always there, and a note of what was asked. */
import { Emitter } from '#server/lib/emitter.ts';
import { HistoryError, type Histories, type HistoryEvent } from '#server/history/contract.ts';
import type { History, Loss, RewindRequest, SnapshotView } from '#server/protocol/history.ts';
import type { FakeSandboxes } from './fake-rooms.ts';

export const START: SnapshotView = {
  id: 'first',
  kind: 'start',
  step: null,
  name: null,
  takenAt: '2030-01-01T00:00:00.000Z',
  ownBytes: 4096,
};
export const LOSS: Loss = {
  machine: 'node1',
  containers: ['web'],
  images: [],
  volumes: [],
  networks: [],
  files: ['note'],
  more: 0,
};

export class FakeHistories implements Histories {
  readonly events = new Emitter<HistoryEvent>();
  readonly asked: string[] = [];
  readonly #sandboxes: FakeSandboxes;
  /** Thrown by whatever is asked next. */
  fails: Error | null = null;

  constructor(sandboxes: FakeSandboxes) {
    this.#sandboxes = sandboxes;
  }

  async of(): Promise<History> {
    return { snapshots: [START], startable: [], attempts: 0 };
  }

  async keep(sandbox: string, name: string): Promise<History> {
    this.#note(`keep ${name} of ${sandbox}`);
    return this.of();
  }

  async remove(sandbox: string, snapshot: string): Promise<History> {
    this.#demand(snapshot);
    this.#note(`remove ${snapshot} of ${sandbox}`);
    return this.of();
  }

  async losses(_sandbox: string, snapshot: string): Promise<Loss[]> {
    this.#demand(snapshot);
    return [LOSS];
  }

  async rewind(sandbox: string, to: RewindRequest): Promise<void> {
    this.#note(`rewind ${sandbox} to ${JSON.stringify(to)}`);
  }

  async fork(sandbox: string, snapshot: string) {
    this.#demand(snapshot);
    this.#note(`fork ${sandbox}`);
    const { userId } = this.#sandboxes.get(sandbox)!;
    return this.#sandboxes.open(userId, { lesson: null, machines: [] });
  }

  movedOn(sandbox: string, from: string, to: string): void {
    this.#note(`${sandbox} moved on from ${from} to ${to}`);
  }

  on(listener: (event: HistoryEvent) => void) {
    return this.events.on(listener);
  }

  async settled(): Promise<void> {}

  #note(what: string): void {
    if (this.fails) throw this.fails;
    this.asked.push(what);
  }

  #demand(snapshot: string): void {
    if (snapshot !== START.id) throw new HistoryError('not_found', 'Nothing of that name is kept.');
  }
}
