/** English: the keys of a class's wall, as the list of all keys shows them. */
import type { Words } from './en.ts';

export const enWallKeys = {
  title: 'On the wall of a class',
  walk: 'From learner to learner',
  open: 'Open a learner',
  answer: 'Answer a raised hand',
  find: 'Find by name',
  sort: 'Sort anew while the order is held',
} as const;

export type WallKeyWords = Words<typeof enWallKeys>;
