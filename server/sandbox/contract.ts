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
  /** False: no machine finds the engines of the others in `docker context ls`. */
  contexts?: boolean;
};

export type SandboxEvent =
  | { type: 'changed'; sandbox: Sandbox }
  | { type: 'notice'; sandbox: Sandbox; notice: Notice; machine: string | null }
  /** A machine's engine answers: the first time, after waking, after being made anew. */
  | { type: 'machine-up'; sandbox: Sandbox; ref: MachineRef }
  | { type: 'machine-down'; sandbox: Sandbox; ref: MachineRef }
  /** The first one came, or the last one left; see `isPresent`. */
  | { type: 'presence'; sandbox: Sandbox }
  /** Its disk is full, and of that a part is held by nothing but what is kept of it. */
  | { type: 'crowded'; sandbox: Sandbox; machine: string }
  /** The learner has one machine more, or one less: with its disk, for good. */
  | { type: 'machine-added' | 'machine-removed'; sandbox: Sandbox; machine: string };

export interface Sandbox {
  readonly id: string;
  readonly userId: string;
  readonly lesson: LessonKey | null;
  /** Chooses the values of a lesson that differ from learner to learner; a second try has those of the first. */
  readonly seed: string;
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

/** So many machines with just these images, for people who are known to come to a lesson with one machine. */
export type WarmOrder = { images: readonly string[]; count: number };

/** Machines that are made before anybody asks for them. */
export interface Ahead {
  /** As far as there are places. Takes the place of what was ordered before; each one that is taken fulfils one. */
  order(orders: readonly WarmOrder[]): void;
  /** How many with just these images are free. */
  readyWith(images: readonly string[]): number;
  /** Machines that may be awake at once, and of those that are, the ones that are somebody's. */
  places(): { capacity: number; used: number };
}

export interface Sandboxes {
  readonly ahead: Ahead;
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
  /** To a playground that is awake; it comes when its turn has come. Rejects with SandboxError. */
  addMachine(id: string): Promise<void>;
  /** From a playground that is awake, with all that is on it. Rejects with SandboxError. */
  removeMachine(id: string, machine: string): Promise<void>;
  /** A guest became an account: their sandboxes follow. */
  adopt(guestId: string, userId: string): void;
  on(listener: (event: SandboxEvent) => void): Unsubscribe;
}

/** For each machine by name: what was kept of it, and its containers to be started again, by id. */
export type Beginning = ReadonlyMap<string, { sandbox: string; name: string; running: string[] }>;

/** What is kept of sandboxes' machines. All machines of a sandbox are kept, dropped and begun anew together. */
export interface Past {
  /** False where the pool cannot keep anything. */
  readonly isPossible: boolean;
  /**
   * `as`: it belongs to that id, which is no sandbox, and outlives this one. Rejects with SandboxError `sandbox_not_ready`
   * where the machines are not whole.
   */
  keep(id: string, name: string, options?: { as?: string }): Promise<void>;
  /** What would be free without each, by name. */
  kept(id: string): Promise<Map<string, number>>;
  drop(id: string, name: string): Promise<void>;
  /**
   * Sets out: from now on the machines are what was kept, whatever comes between. Where a snapshot is missing or the sandbox
   * is neither ready nor asleep it is refused, and all stays as it is.
   */
  rewind(id: string, from: Beginning): Promise<void>;
  /** A second sandbox of the same lesson, whose machines begin so. */
  fork(id: string, from: Beginning): Promise<Sandbox>;
  /**
   * The learner waits, machines as they are, until `rewind` or until this is disposed. @throws SandboxError
   * `sandbox_not_ready`
   */
  hold(id: string): Hold;
  /** A sandbox of nobody's, with the machines of this plan; no lesson, no record, and gone with the server. */
  build(plan: SandboxPlan): Promise<Sandbox>;
  /** Removes what belongs to an id that is no sandbox. */
  forget(owner: string): Promise<void>;
}

export interface Hold extends Disposable {
  report(done: number, total: number): void;
}

/** Whose sandboxes those of `Past.build` are. */
export const NOBODY = '';

export type SandboxErrorCode =
  | 'sandbox_closed'
  | 'sandbox_not_ready'
  | 'too_many_sandboxes'
  | 'too_many_machines'
  | 'machines_fixed'
  | 'last_machine'
  | 'not_found';

export class SandboxError extends Error {
  readonly code: SandboxErrorCode;
  constructor(code: SandboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxError';
    this.code = code;
  }
}
