/** Reads the wall's messages without a schema library: the server checked them, we only refuse what we do not know. */
import type { WallMessage } from '#server/protocol/wall.ts';

const TYPES: Record<WallMessage['type'], true> = {
  all: true,
  tiles: true,
  gone: true,
  stats: true,
  host: true,
  class: true,
};

/** Null for what this page does not know: a newer server may say more. */
export function parseWallMessage(text: string): WallMessage | null {
  const message: unknown = JSON.parse(text);
  const type = (message as { type?: unknown } | null)?.type;
  return typeof type === 'string' && Object.hasOwn(TYPES, type) ? (message as WallMessage) : null;
}
