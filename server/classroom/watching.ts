/**
 * Who looks at whose sandbox, and who may type in a learner's place: asked for by the watcher, allowed by the learner, ended
 * by either, and by itself when the watcher has left, the sandbox is closed or the class reaches the learner no more.
 */
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import { newShortId } from '../lib/short-id.ts';
import type { Watcher } from '../protocol/classes.ts';
import type { Sandbox, Sandboxes } from '../sandbox/contract.ts';
import { ClassroomError, type Classes, type Person } from './contract.ts';
import type { LearnerRecord } from './record.ts';
import { mayWatch } from './rights.ts';

/** One socket of a watcher. Dispose it when the socket has closed. */
export interface Seat extends Disposable {
  /** Asked before every byte. */
  readonly mayType: boolean;
  onTyping(listener: () => void): Unsubscribe;
}

type Watch = {
  id: string;
  person: Person;
  sandbox: Sandbox;
  mode: Watcher['mode'];
  /** How each of their sockets is closed. */
  seats: Set<() => void>;
  typing: Emitter<void>;
};

export type WatchingOptions = {
  classes: Pick<Classes, 'placesOf' | 'teaches' | 'on'>;
  sandboxes: Pick<Sandboxes, 'on'>;
  record: Pick<LearnerRecord, 'note'>;
};

export class Watching implements Disposable {
  readonly #options: WatchingOptions;
  /** By sandbox and user. */
  readonly #watches = new Map<string, Map<string, Watch>>();
  readonly #events = new Emitter<{ sandbox: Sandbox }>();
  readonly #unsubscribe: Unsubscribe[];

  constructor(options: WatchingOptions) {
    this.#options = options;
    const { classes, sandboxes } = options;
    this.#unsubscribe = [
      // Seldom, and few watch: each is judged anew, whatever it was that changed.
      classes.on(() => this.#judge()),
      sandboxes.on(({ type, sandbox }) => {
        if (type === 'changed' && sandbox.state === 'closed')
          for (const watch of this.#of(sandbox.id)) this.#end(watch);
      }),
    ];
  }

  /** Somebody who may watch has opened a socket to this sandbox. `close` is called when they may no more. */
  sit(sandbox: Sandbox, person: Person, close: () => void): Seat {
    const watch = this.#watch(sandbox, person);
    watch.seats.add(close);
    return {
      get mayType() {
        return watch.mode === 'types' && watch.seats.has(close);
      },
      onTyping: (listener) => watch.typing.on(listener),
      [Symbol.dispose]: () => {
        if (watch.seats.delete(close) && watch.seats.size === 0) this.#end(watch);
      },
    };
  }

  /** One for each person. */
  of(sandbox: string): Watcher[] {
    return this.#of(sandbox).map(({ id, person, mode }) => ({ id, name: person.name, mode }));
  }

  /** The one that this user is. */
  own(sandbox: string, userId: string): Watcher[] {
    const id = this.#watches.get(sandbox)?.get(userId)?.id;
    return this.of(sandbox).filter((watcher) => watcher.id === id);
  }

  /** Wants to type, or ends it. @throws ClassroomError `not_found` for one who does not look at it now. */
  ask(sandbox: string, userId: string, wanted: boolean): void {
    const watch = this.#watches.get(sandbox)?.get(userId);
    if (!watch) throw new ClassroomError('not_found', 'Open the terminal of this learner first.');
    if (wanted && watch.mode !== 'watches') return;
    this.#set(watch, wanted ? 'asks' : 'watches');
  }

  /** The learner's word. @throws ClassroomError `not_found`, or `bad_request` for a yes that nobody asked for. */
  allow(sandbox: string, watcher: string, allow: boolean): void {
    const watch = this.#of(sandbox).find(({ id }) => id === watcher);
    if (!watch) throw new ClassroomError('not_found', 'They do not look at your terminal any more.');
    if (allow && watch.mode === 'watches')
      throw new ClassroomError('bad_request', 'They do not ask to type any more.');
    this.#set(watch, allow ? 'types' : 'watches');
  }

  /** Teaches no more, or is gone: whatever this user looks at is closed. */
  dismiss(userId: string): void {
    for (const watch of this.#all()) if (watch.person.id === userId) this.#close(watch);
  }

  /** Somebody came, went, asked, may type or may no more. */
  on(listener: (event: { sandbox: Sandbox }) => void): Unsubscribe {
    return this.#events.on(listener);
  }

  [Symbol.dispose](): void {
    for (const stop of this.#unsubscribe) stop();
  }

  #watch(sandbox: Sandbox, person: Person): Watch {
    const here = this.#watches.get(sandbox.id) ?? new Map<string, Watch>();
    this.#watches.set(sandbox.id, here);
    const known = here.get(person.id);
    if (known) return known;
    const isTaken = (id: string) => this.#of(sandbox.id).some((watch) => watch.id === id);
    const watch: Watch = {
      id: newShortId(isTaken),
      person,
      sandbox,
      mode: 'watches',
      seats: new Set(),
      typing: new Emitter(),
    };
    here.set(person.id, watch);
    this.#note(watch, 'watched', true);
    this.#events.emit({ sandbox });
    return watch;
  }

  #of(sandbox: string): Watch[] {
    return [...(this.#watches.get(sandbox)?.values() ?? [])];
  }

  #set(watch: Watch, mode: Watcher['mode']): void {
    if (watch.mode === mode) return;
    const typed = watch.mode === 'types';
    watch.mode = mode;
    if (typed !== (mode === 'types')) {
      watch.typing.emit();
      this.#note(watch, 'typed', !typed);
    }
    this.#events.emit({ sandbox: watch.sandbox });
  }

  /** Typing first: not a byte more, whatever their sockets still do. */
  #end(watch: Watch): void {
    this.#set(watch, 'watches');
    watch.seats.clear();
    const here = this.#watches.get(watch.sandbox.id);
    if (here?.get(watch.person.id) !== watch) return;
    here.delete(watch.person.id);
    if (here.size === 0) this.#watches.delete(watch.sandbox.id);
    this.#note(watch, 'watched', false);
    this.#events.emit({ sandbox: watch.sandbox });
  }

  #judge(): void {
    for (const watch of this.#all())
      if (!mayWatch(this.#options.classes, watch.person, watch.sandbox)) this.#close(watch);
  }

  #close(watch: Watch): void {
    const sockets = [...watch.seats];
    this.#end(watch);
    for (const close of sockets) close();
  }

  #all(): Watch[] {
    return [...this.#watches.keys()].flatMap((id) => this.#of(id));
  }

  #note({ person, sandbox }: Watch, kind: 'watched' | 'typed', began: boolean): void {
    this.#options.record.note(sandbox.userId, sandbox.lesson, { kind, by: person.name, began });
  }
}
