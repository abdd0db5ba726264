/** Tiles for tests: somebody at work, with what matters changed. */
import type { ClassView } from '#server/protocol/classes.ts';
import type { Tile } from '#server/protocol/wall.ts';
import type { Outline } from '../wall/outline.ts';

export const LESSON = { course: 'basics', lesson: 'first' };
export const OTHER = { course: 'basics', lesson: 'second' };

export const NOON = Date.UTC(2026, 0, 1, 12);
export const before = (seconds: number) => new Date(NOON - seconds * 1000).toISOString();

const steps: Outline['steps'] = [
  { id: 'one', title: 'Begin', tasks: [{ id: 'run', title: 'Run it' }] },
  { id: 'two', title: 'Go on', tasks: [{ id: 'publish', title: 'Publish it' }] },
];
export const OUTLINES: Outline[] = [
  { key: LESSON, title: 'First', steps },
  { key: OTHER, title: 'Second', steps },
];

export function tile(learner: string, change: Partial<Tile> = {}): Tile {
  return {
    learner,
    name: learner,
    presence: 'here',
    lesson: LESSON,
    sandbox: { id: 'abcdefgh', state: 'ready' },
    step: 'one',
    tasks: [
      { id: 'run', state: 'open' },
      { id: 'publish', state: 'open' },
    ],
    finishedAt: null,
    command: null,
    screen: [],
    activeAt: before(20),
    handAt: null,
    stuck: { score: 0, reasons: [] },
    watched: false,
    ...change,
  };
}

export const stuck = (score: number): Pick<Tile, 'stuck'> => ({
  stuck: { score, reasons: [{ kind: 'no_progress', minutes: 8 }] },
});

export const CLASS: ClassView = {
  id: 'abcd2345',
  name: 'Autumn',
  locale: 'en',
  lessons: [
    { lesson: LESSON, dueAt: null, weight: 1 },
    { lesson: OTHER, dueAt: null, weight: 1 },
  ],
  latePercent: 50,
  createdAt: before(1000),
  instructor: 'Lin Tao',
  code: null,
  paused: false,
  learners: 0,
};
