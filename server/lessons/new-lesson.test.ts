/** A lesson just laid out is sound, and takes its place after the others. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { loadLessons } from './load.ts';
import { layOut } from './new-lesson.ts';
import { writeContent } from './testing/content.ts';

test('a new lesson passes its checks and follows the last one of its course', async () => {
  await using content = await writeContent();
  const folder = await layOut(content.directory, 'basics/volumes');
  expect(relative(content.directory, folder)).toBe('basics/02-volumes');
  const lessons = await loadLessons(content.directory);
  expect(lessons.page({ course: 'basics', lesson: 'first' }, 'zh')?.next?.title).toBe('新的一课');
  expect(lessons.definition({ course: 'basics', lesson: 'volumes' })?.wrong).toHaveLength(1);
});

test('a course that is not there yet is made', async () => {
  await using content = await writeContent();
  await layOut(content.directory, 'networks/bridge');
  const lessons = await loadLessons(content.directory);
  expect(lessons.courses('en').map(({ id }) => id)).toEqual(['basics', 'networks']);
});

test.each(['', 'volumes', 'Basics/volumes', 'basics/../volumes', 'basics/vol umes', 'a/b/c'])(
  'the name “%s” is refused with how to write one',
  async (name) => {
    await using content = await writeContent();
    await expect(layOut(content.directory, name)).rejects.toThrow('course/lesson in small letters');
  },
);

test('a lesson that is there already is left as it is', async () => {
  await using content = await writeContent();
  const file = join(content.directory, 'basics/01-first/lesson.yaml');
  const before = await readFile(file, 'utf8');
  await expect(layOut(content.directory, 'basics/first')).rejects.toThrow('already');
  expect(await readFile(file, 'utf8')).toBe(before);
});
