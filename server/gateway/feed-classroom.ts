/** What the feeds tell of classes: all of it to the learner, and to who watches no more than themselves. */
import type { ClassEvent, Classes } from '#server/classroom/contract.ts';
import type { LiveClassroom } from '#server/classroom/live.ts';
import type { Unsubscribe } from '#server/lib/emitter.ts';
import type { Log } from '#server/lib/log.ts';
import type { Classroom } from '#server/protocol/classes.ts';
import type { Sandbox, Sandboxes } from '#server/sandbox/contract.ts';
import type { FeedSocket } from './feed-socket.ts';

export type Around = Omit<Classroom, 'watchers'>;

export type FeedClassroomParts = {
  classes: Pick<Classes, 'on' | 'get' | 'learners'>;
  live: Pick<LiveClassroom, 'watching' | 'notes'>;
  sandboxes: Pick<Sandboxes, 'get'>;
  /** The open feeds of a sandbox, and whose each is. */
  socketsOf(sandbox: string): ReadonlyMap<FeedSocket, string>;
  /** Sandboxes whose feed somebody has open. */
  opened(): string[];
  log: Log;
};

export class FeedClassroom implements Disposable {
  readonly #parts: FeedClassroomParts;
  readonly #unsubscribe: Unsubscribe[];
  /** Being put together; true: what it is put together from has changed since. */
  readonly #telling = new Map<string, boolean>();
  /** What learners see of each class, as text. */
  readonly #shown = new Map<string, string>();

  constructor(parts: FeedClassroomParts) {
    const { classes, live } = parts;
    this.#parts = parts;
    this.#unsubscribe = [
      live.watching.on(({ sandbox }) => this.#tell(sandbox)),
      live.notes.on(({ users }) => this.#tellUsers(new Set(users))),
      classes.on((event) => this.#class(event)),
    ];
  }

  around(sandbox: Sandbox): Promise<Around> {
    return this.#parts.live.notes.around(sandbox);
  }

  for(sandbox: Sandbox, userId: string, around: Around): Classroom {
    const { watching } = this.#parts.live;
    if (userId === sandbox.userId) return { ...around, watchers: watching.of(sandbox.id) };
    return { memberships: [], notes: [], watchers: watching.own(sandbox.id, userId) };
  }

  [Symbol.dispose](): void {
    for (const stop of this.#unsubscribe) stop();
  }

  #class(event: ClassEvent): void {
    if (event.type === 'left') return this.#tellUsers(new Set([event.userId]));
    if (event.type === 'removed') {
      this.#shown.delete(event.class);
      return this.#tellAll(() => true);
    }
    if (event.type === 'class' && !this.#isNews(event.class)) return;
    const only = event.type === 'learner' ? event.learner : null;
    const places = this.#parts.classes.learners(event.class);
    const meant = only === null ? places : places.filter(({ id }) => id === only);
    this.#tellUsers(new Set(meant.map(({ userId }) => userId)));
  }

  /** One more who joins changes the class, and nothing that its other learners see. */
  #isNews(id: string): boolean {
    const row = this.#parts.classes.get(id);
    const shown = row && JSON.stringify([row.name, row.locale, row.paused, row.lessons]);
    if (!shown || this.#shown.get(id) === shown) return false;
    this.#shown.set(id, shown);
    return true;
  }

  #tellUsers(users: ReadonlySet<string | null>): void {
    this.#tellAll((sandbox) => users.has(sandbox.userId));
  }

  #tellAll(isMeant: (sandbox: Sandbox) => boolean): void {
    for (const id of this.#parts.opened()) {
      const sandbox = this.#parts.sandboxes.get(id);
      if (sandbox && isMeant(sandbox)) this.#tell(sandbox);
    }
  }

  /** One at a time for each sandbox: what is told last is what holds. */
  #tell(sandbox: Sandbox): void {
    if (this.#parts.socketsOf(sandbox.id).size === 0) return;
    const isUnderWay = this.#telling.has(sandbox.id);
    this.#telling.set(sandbox.id, isUnderWay);
    if (isUnderWay) return;
    this.#putTogether(sandbox).catch((error: unknown) => {
      this.#telling.delete(sandbox.id);
      this.#parts.log.error('a page was not told of its classes', { sandbox: sandbox.id, error });
    });
  }

  async #putTogether(sandbox: Sandbox): Promise<void> {
    do {
      this.#telling.set(sandbox.id, false);
      const around = await this.around(sandbox);
      for (const [socket, userId] of this.#parts.socketsOf(sandbox.id))
        socket.send({ type: 'classroom', classroom: this.for(sandbox, userId, around) });
    } while (this.#telling.get(sandbox.id));
    this.#telling.delete(sandbox.id);
  }
}
