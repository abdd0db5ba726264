/** Lessons of a running server: what is broken is left out and said, what is saved counts at once. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import { openLessons } from './open.ts';
import { LESSON, writeContent } from './testing/content.ts';

const KEY = { course: 'basics', lesson: 'first' };

function quietLog() {
  const lines: string[] = [];
  return { lines, log: createLog({ level: 'error', write: (line) => void lines.push(line) }) };
}

test('a lesson that is spoilt and mended while we watch goes and comes back', async () => {
  await using content = await writeContent();
  const { directory } = content;
  const { lines, log } = quietLog();
  using lessons = await openLessons({ directories: [directory], watch: true, clock: systemClock, log });
  const save = async (text: string) => {
    const read = new Promise<void>((resolve) => {
      const stop = lessons.onChange(() => {
        stop();
        resolve();
      });
    });
    await writeFile(join(directory, 'basics/01-first/lesson.yaml'), text);
    await read;
  };
  await save(LESSON.replace('minutes: 5', 'minutes: soon'));
  expect(lessons.page(KEY, 'en')).toBeNull();
  expect(lessons.broken()[0]?.problems[0]).toMatchObject({ line: 3 });
  expect(lines.join()).toContain('lesson.yaml:3');
  await save(LESSON.replace('minutes: 5', 'minutes: 7'));
  expect(lessons.page(KEY, 'en')?.minutes).toBe(7);
  expect(lessons.broken()).toEqual([]);
});

test('a directory without any sound lesson opens, and the log says why it is empty', async () => {
  await using content = await writeContent({ 'basics/course.yaml': 'title: none\n' });
  const { lines, log } = quietLog();
  const { directory } = content;
  using lessons = await openLessons({ directories: [directory], watch: false, clock: systemClock, log });
  expect(lessons.courses('en')).toEqual([]);
  expect(lines.join()).toContain('course.yaml');
});
