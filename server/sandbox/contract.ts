/** What the rooms above may ask about sandboxes. The sandbox room makes them; others hold them by these interfaces. */
import type { MachineKind, MachineRef } from '../engine/contract.ts';
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Notice } from '../protocol/feed.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { SandboxState, SandboxView } from '../protocol/sandbox.ts';

/** What a sandbox must contain; the lessons room and the gateway make it. */
export type SandboxPlan = {
  lesson: LessonKey | null;
  machines: {
    name: string;
    /** Default `docker`. */
    kind?: MachineKind;
    images: string[];
    /** Laid into /root before the learner sees it; paths are relative. */
    files: { path: string; content: Buffer; executable: boolean }[];
    /** Run by root once files are laid and all machines are up, in their order; see `runSetupScript`. */
    setup?: string;
  }[];
};

export type SandboxEvent =
  | { type: 'changed'; sandbox: Sandbox }
  | { type: 'notice'; sandbox: Sandbox; notice: Notice; machine: string | null }
  /** A machine's engine answers: the first time, after waking, after being made anew. */
  | { type: 'machine-up'; sandbox: Sandbox; ref: MachineRef }
  | { type: 'machine-down'; sandbox: Sandbox; ref: MachineRef };

export interface Sandbox {
  readonly id: string;
  readonly userId: string;
  readonly lesson: LessonKey | null;
  readonly state: SandboxState;
  /** Machines that are up now, by name. */
  readonly machines: ReadonlyMap<string, MachineRef>;
  /** Somebody is there now; see `enter`. */
  readonly isPresent: boolean;
  view(): SandboxView;
  /** Counts somebody as present until disposed; wakes the sandbox when it sleeps. */
  enter(): Disposable;
  /** Resolves when ready (waking it if asleep); rejects with SandboxError `sandbox_closed`, or when aborted. */
  ready(signal?: AbortSignal): Promise<void>;
}

export interface Sandboxes {
  /** Joins the learner's live sandbox of this lesson, or makes one. Never waits for the machine. */
  open(userId: string, plan: SandboxPlan): Promise<Sandbox>;
  /** A live sandbox; closed ones are null here and `wasClosed` there. */
  get(id: string): Sandbox | null;
  /** True where this id once was a sandbox of this user. */
  wasClosed(id: string, userId: string): Promise<boolean>;
  of(userId: string): Sandbox[];
  all(): Sandbox[];
  extend(id: string): Promise<void>;
  close(id: string): Promise<void>;
  /** A guest became an account: their sandboxes follow. */
  adopt(guestId: string, userId: string): void;
  on(listener: (event: SandboxEvent) => void): Unsubscribe;
}

export type SandboxErrorCode = 'sandbox_closed' | 'sandbox_not_ready' | 'too_many_sandboxes' | 'not_found';

export class SandboxError extends Error {
  readonly code: SandboxErrorCode;
  constructor(code: SandboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxError';
    this.code = code;
  }
}
