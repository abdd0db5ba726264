/** What editors complete by is what the loader takes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lessonJsonSchema } from './schema.ts';

test('content/lesson.schema.json is current (else: node server/lessons/write-schema.ts)', async () => {
  const file = join(import.meta.dirname, '../../content/lesson.schema.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(lessonJsonSchema())));
});
