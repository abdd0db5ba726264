/** What the gateway asks of the past of sandboxes: what is kept, keeping and dropping, going back, a second try. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { History, Loss, RewindRequest } from '../protocol/history.ts';
import type { Sandbox } from '../sandbox/contract.ts';

export type HistoryEvent =
  | { type: 'changed'; sandbox: string; history: History }
  /** The learner went back; `step` is the one at whose end, or at whose beginning, they are now. */
  | { type: 'rewound'; sandbox: string; step: string | null }
  | { type: 'notice'; sandbox: string; notice: 'history_trimmed'; machine: string }
  | { type: 'notice'; sandbox: string; notice: 'not_replayed'; machine: null };

export interface Histories {
  of(sandbox: string): Promise<History>;
  /** Keeps the machines as they are now under a name of the learner's. */
  keep(sandbox: string, name: string): Promise<History>;
  remove(sandbox: string, snapshot: string): Promise<History>;
  /** What is there now and would not be after going back; the machines must be up. */
  losses(sandbox: string, snapshot: string): Promise<Loss[]>;
  /** Sets out; how it goes is the sandbox's life. */
  rewind(sandbox: string, to: RewindRequest): Promise<void>;
  /** A second try beside the first. */
  fork(sandbox: string, snapshot: string): Promise<Sandbox>;
  /** The learner looks at another step now. */
  movedOn(sandbox: string, from: string, to: string): void;
  on(listener: (event: HistoryEvent) => void): Unsubscribe;
  /** Resolves when nothing is under way in the background. */
  settled(): Promise<void>;
}

export type HistoryErrorCode = 'not_found' | 'sandbox_not_ready' | 'too_many_snapshots' | 'cannot_keep';

export class HistoryError extends Error {
  readonly code: HistoryErrorCode;
  constructor(code: HistoryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HistoryError';
    this.code = code;
  }
}
