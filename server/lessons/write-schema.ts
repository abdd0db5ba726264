/** Writes content/lesson.schema.json anew; a test fails while it is older than the schema in the code. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lessonJsonSchema } from './schema.ts';

const file = join(import.meta.dirname, '../../content/lesson.schema.json');
await writeFile(file, `${JSON.stringify(lessonJsonSchema(), null, 2)}\n`);
