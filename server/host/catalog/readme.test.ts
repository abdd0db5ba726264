import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFINITIONS } from './definitions.ts';

const README = join(import.meta.dirname, '../../../content/README.md');
/** A version that no tag has by itself. */
const VERSION = '77.88.99';

/** Cells without the blanks that align them. */
const cellsOf = (row: string) =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

function rowOf(repository: string): string[] {
  const images = DEFINITIONS.filter((definition) => definition.repository === repository);
  const tags = images.flatMap((image) => image.tags(image.version ?? VERSION));
  const named = tags.filter((tag) => !/77|88|99/.test(tag)).map((tag) => `\`${tag}\``);
  const ofVersion = named.length < tags.length ? ['by version'] : [];
  return [
    `\`${repository.replace(/^library\//, '')}\``,
    [...ofVersion, ...named].join(', '),
    images[0]!.description.en,
  ];
}

test('authors of lessons are told every image with its tags', async () => {
  const text = await readFile(README, 'utf8');
  const [, table = ''] = text.split('### Images that a lesson may name\n');
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map(cellsOf);
  const repositories = [...new Set(DEFINITIONS.map(({ repository }) => repository))];
  expect(rows.slice(0, repositories.length)).toEqual(repositories.map(rowOf));
});
