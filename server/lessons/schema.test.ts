/** What editors complete by, and what the guide for authors shows, is what the loader takes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problems } from './problem.ts';
import { lessonJsonSchema, lessonSourceSchema } from './schema.ts';
import { readYaml } from './yaml.ts';

test('content/lesson.schema.json is current (else: node server/lessons/write-schema.ts)', async () => {
  const file = join(import.meta.dirname, '../../content/lesson.schema.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(lessonJsonSchema())));
});

test('the example in content/README.md is a lesson', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../content/README.md'), 'utf8');
  const text = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const problems = new Problems();
  expect(readYaml(lessonSourceSchema, { file: 'README.md', text }, problems)?.value.steps).toHaveLength(1);
  expect(problems.list).toEqual([]);
});
