/** Loads every lesson and says what is wrong with it, by file and line. */
import { join } from 'node:path';
import { loadLessons } from '#server/lessons/load.ts';

const root = join(import.meta.dirname, '../..');
for (const directory of ['content', 'e2e/content', 'server/commands/bench/content']) {
  const lessons = await loadLessons(join(root, directory));
  process.stdout.write(`${directory}: ${lessons.all().length} lessons are sound\n`);
}
