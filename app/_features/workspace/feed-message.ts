/** Reads the feed's messages without a schema library: the server checked them; what this page does not know changes nothing. */
import type { FeedMessage } from '#server/protocol/feed.ts';

/** Null for what is no message. */
export function parseFeedMessage(text: string): FeedMessage | null {
  const message = JSON.parse(text) as FeedMessage | null;
  return message?.type ? message : null;
}
