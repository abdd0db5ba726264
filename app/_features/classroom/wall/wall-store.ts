/** Holds what the wall knows between its messages and what draws it: whoever draws one tile hears of that tile alone. */
import type { ClassView } from '#server/protocol/classes.ts';
import type { Tile, WallMessage } from '#server/protocol/wall.ts';
import { begin, hear, type WallState } from './wall-state.ts';

type Listener = () => void;

export class WallStore {
  #state: WallState;
  readonly #all = new Set<Listener>();
  readonly #byLearner = new Map<string, Set<Listener>>();

  constructor(view: ClassView) {
    this.#state = begin(view);
  }

  readonly state = (): WallState => this.#state;

  tile(learner: string): Tile | null {
    return this.#state.tiles?.get(learner) ?? null;
  }

  readonly subscribe = (listener: Listener): Listener => {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  };

  subscribeTile(learner: string, listener: Listener): Listener {
    const listeners = this.#byLearner.get(learner) ?? new Set();
    this.#byLearner.set(learner, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#byLearner.get(learner) === listeners) this.#byLearner.delete(learner);
    };
  }

  hear(message: WallMessage): void {
    const before = this.#state;
    this.#state = hear(before, message);
    if (this.#state.tiles !== before.tiles)
      for (const [learner, listeners] of this.#byLearner)
        if (before.tiles?.get(learner) !== this.#state.tiles?.get(learner))
          for (const listener of listeners) listener();
    for (const listener of this.#all) listener();
  }
}
