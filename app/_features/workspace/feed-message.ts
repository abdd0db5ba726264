/** Reads the feed's messages without a schema library: the server checked them, we only refuse what we do not know. */
import type { FeedMessage } from '#server/protocol/feed.ts';

const TYPES: Record<FeedMessage['type'], true> = {
  all: true,
  sandbox: true,
  task: true,
  command: true,
  notice: true,
  'missing-image': true,
  build: true,
  ports: true,
  terminals: true,
  files: true,
  history: true,
  viewers: true,
  lesson: true,
};

/** Null for what this page does not know: a newer server may say more. */
export function parseFeedMessage(text: string): FeedMessage | null {
  const message: unknown = JSON.parse(text);
  const type = (message as { type?: unknown } | null)?.type;
  return typeof type === 'string' && Object.hasOwn(TYPES, type) ? (message as FeedMessage) : null;
}
