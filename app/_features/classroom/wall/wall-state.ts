/** What the wall knows, and how each message changes it; pure. What a message does not touch stays the same object. */
import type { ClassView } from '#server/protocol/classes.ts';
import type { TaskStat, Tile, WallMessage } from '#server/protocol/wall.ts';

export type HostFigures = Extract<WallMessage, { type: 'host' }>['host'];

export type WallState = {
  class: ClassView;
  /** Null until the server has told. */
  tiles: ReadonlyMap<string, Tile> | null;
  stats: readonly TaskStat[];
  host: HostFigures | null;
};

export function begin(view: ClassView): WallState {
  return { class: view, tiles: null, stats: [], host: null };
}

export function hear(state: WallState, message: WallMessage): WallState {
  switch (message.type) {
    case 'all':
      return {
        class: message.class,
        tiles: merged(state.tiles, message.tiles, true),
        stats: message.stats,
        host: message.host,
      };
    case 'tiles':
      return { ...state, tiles: merged(state.tiles, message.tiles, false) };
    case 'gone':
      return { ...state, tiles: without(state.tiles, message.learners) };
    case 'stats':
      return { ...state, stats: message.stats };
    case 'host':
      return { ...state, host: message.host };
    case 'class':
      return { ...state, class: message.class };
  }
}

/** Tiles that say what they said before stay the same objects: after a reconnect nothing is drawn anew. */
function merged(before: WallState['tiles'], tiles: readonly Tile[], whole: boolean): Map<string, Tile> {
  const after = new Map(whole ? [] : before);
  for (const tile of tiles) {
    const known = before?.get(tile.learner);
    after.set(tile.learner, known && JSON.stringify(known) === JSON.stringify(tile) ? known : tile);
  }
  return after;
}

function without(before: WallState['tiles'], learners: readonly string[]): Map<string, Tile> {
  const after = new Map(before);
  for (const learner of learners) after.delete(learner);
  return after;
}

/** Whose hand went up between the two, for the voice of the page; nobody's at the beginning. */
export function newHands(before: WallState['tiles'], after: WallState['tiles']): Tile[] {
  if (!before || !after || before === after) return [];
  return [...after.values()].filter(({ learner, handAt }) => handAt && !before.get(learner)?.handAt);
}
