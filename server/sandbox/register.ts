/** Which sandboxes there are, and whose machines are whose. */
import type { MachineRef } from '../engine/contract.ts';
import { newShortId } from '../lib/short-id.ts';
import type { LessonKey } from '../protocol/ids.ts';
import { SandboxError } from './contract.ts';
import type { LiveSandbox } from './live-sandbox.ts';
import type { Owners } from './reaper.ts';

export class Register implements Owners {
  readonly #live = new Map<string, LiveSandbox>();
  /** Closed, but their machines are still being removed. */
  readonly #closing = new Set<string>();
  readonly #isOwned: (id: string) => boolean;

  /** @param isOwned true for an id that belongs to others: its machine waits for somebody, its snapshots are kept. */
  constructor(isOwned: (id: string) => boolean) {
    this.#isOwned = isOwned;
  }

  all(): LiveSandbox[] {
    return [...this.#live.values()];
  }

  get(id: string): LiveSandbox | null {
    return this.#live.get(id) ?? null;
  }

  /** @throws SandboxError `not_found` */
  need(id: string): LiveSandbox {
    const sandbox = this.#live.get(id);
    if (!sandbox) throw new SandboxError('not_found', 'There is no such sandbox.');
    return sandbox;
  }

  of(userId: string): LiveSandbox[] {
    return this.all().filter((sandbox) => sandbox.userId === userId);
  }

  /** The one used last, where a guest's and an account's came together. */
  find(userId: string, lesson: LessonKey | null): LiveSandbox | null {
    const same = this.of(userId).filter((sandbox) => isSameLesson(sandbox.lesson, lesson));
    return same.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())[0] ?? null;
  }

  add(sandbox: LiveSandbox): void {
    this.#live.set(sandbox.id, sandbox);
  }

  /** Nobody finds it any more, but what is left of it still has an owner. */
  startClosing(id: string): void {
    this.#live.delete(id);
    this.#closing.add(id);
  }

  endClosing(id: string): void {
    this.#closing.delete(id);
  }

  newId(): string {
    return newShortId((id) => this.ownsSandbox(id));
  }

  ownsSandbox(id: string): boolean {
    return this.#live.has(id) || this.#closing.has(id) || this.#isOwned(id);
  }

  ownsMachine(ref: MachineRef): boolean {
    const sandbox = this.#live.get(ref.sandbox);
    if (!sandbox) return this.ownsSandbox(ref.sandbox);
    // One that is being added is in no plan yet.
    if (sandbox.coming.has(ref.machine)) return true;
    return sandbox.plan.some(({ name, generation }) => name === ref.machine && generation === ref.generation);
  }
}

function isSameLesson(one: LessonKey | null, other: LessonKey | null): boolean {
  return one?.course === other?.course && one?.lesson === other?.lesson;
}
