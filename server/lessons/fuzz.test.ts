/** Whatever an author writes, the loader answers with problems and never breaks down. */
import { expect, test } from 'vitest';
import { TermMarker } from './glossary.ts';
import { readLessonText } from './markdown.ts';
import { Problems } from './problem.ts';
import { readScript } from './proof.ts';
import { lessonSourceSchema } from './schema.ts';
import { ENGLISH, LESSON } from './testing/content.ts';
import { readYaml } from './yaml.ts';

const ROUNDS = 400;
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':::',
  '::',
  '```',
  '<b>',
  '&a',
  '*a',
  '|',
  '- ',
  '\n',
  '\t',
  '#',
  '{#',
  '~',
  '!!js',
  '\u0000',
  '𝕏',
  '中',
  '"',
  "'",
  '<<EOF',
  '\\',
  '---\n',
];

/** A small generator with a seed, so that a failure can be seen again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % sides;
  };
}

function spoil(text: string, seed: number): string {
  const roll = dice(seed);
  let spoilt = text;
  for (let changes = 1 + roll(6); changes > 0; changes--) {
    const at = roll(spoilt.length + 1);
    spoilt = spoilt.slice(0, at) + PIECES[roll(PIECES.length)] + spoilt.slice(at + roll(12));
  }
  return spoilt;
}

const rounds = Array.from({ length: ROUNDS }, (_, seed) => seed);

test('spoilt YAML is read or refused, with lines inside the file', () => {
  for (const seed of rounds) {
    const text = spoil(LESSON, seed);
    const problems = new Problems();
    const read = readYaml(lessonSourceSchema, { file: 'lesson.yaml', text }, problems);
    expect(read !== null || problems.list.length > 0, text).toBe(true);
    const lines = text.split('\n').length + 1;
    for (const { line } of problems.list) expect(line >= 1 && line <= lines, text).toBe(true);
  }
});

test('spoilt Markdown is read or refused', () => {
  for (const seed of rounds) {
    const text = spoil(ENGLISH, seed);
    const terms = new TermMarker([], 'en');
    const read = readLessonText({ file: 'lesson.en.md', text, terms }, new Problems());
    expect(JSON.stringify(read.steps)).not.toContain('"type":"html"');
  }
});

test('spoilt proofs are read or refused', () => {
  for (const seed of rounds)
    readScript(
      {
        file: 'a.sh',
        text: spoil('# for web\n# on node2\ncat <<EOF\nx\nEOF\n# give web: 1\n', seed),
        tasks: ['web'],
        machines: ['node1', 'node2'],
      },
      new Problems(),
    );
});

test('an alias that multiplies itself is refused', () => {
  const bomb = [
    'a: &a [1,1,1,1,1,1,1,1]',
    ...'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(8).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
  ];
  const problems = new Problems();
  expect(readYaml(lessonSourceSchema, { file: 'f', text: bomb.join('\n') }, problems)).toBeNull();
  expect(problems.list[0]?.message).toContain('is not YAML that we take');
});
