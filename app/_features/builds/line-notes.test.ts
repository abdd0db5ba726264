import { expect, test } from 'vitest';
import type { Build, BuildStep, Why } from '#server/protocol/builds.ts';
import { enBuilds } from '#app/_lib/i18n/en-builds.ts';
import { zhBuilds } from '#app/_lib/i18n/zh-builds.ts';
import { lineNotes } from './line-notes.ts';
import { sayLines, sayNote, sayTime, sayWhy } from './say.ts';

const EN = { locale: 'en', words: enBuilds } as const;
const ZH = { locale: 'zh', words: zhBuilds } as const;

const step = (parts: Partial<BuildStep>): BuildStep => ({
  stage: '0',
  lines: { first: 2, last: 2 },
  instruction: 'RUN make',
  outcome: 'ran',
  why: null,
  durationMs: 1234,
  bytes: null,
  said: [],
  ...parts,
});
const build = (steps: BuildStep[], parts: Partial<Build> = {}): Build => ({
  id: 'abc',
  machine: 'node1',
  name: 'app',
  path: '/root/Dockerfile',
  dockerfile: 'FROM debian\nRUN make\n',
  endedAt: '2030-01-01T00:00:00.000Z',
  durationMs: 2000,
  failed: false,
  first: false,
  steps,
  ...parts,
});
const FILE = { machine: 'node1', path: '/root/Dockerfile', text: 'FROM debian\nRUN make\n' };

test('a line says what became of it, why, how long and how much', () => {
  const why: Why = { kind: 'files', files: [{ path: 'a.txt', change: 'changed' }], more: 1 };
  const notes = lineNotes([build([step({ why, bytes: 2_000_000, said: ['x'] })])], FILE, EN);
  expect(notes).toEqual({
    above: null,
    lines: [
      {
        first: 2,
        last: 2,
        tone: 'near',
        text: 'rebuilt · a.txt changed, and 1 more file · 1.2 s · +2 MB',
        more: 'x',
      },
    ],
  });
});

test('what was cached has no time of its own, and a first build is no second one', () => {
  const steps = [step({ outcome: 'cached', durationMs: 0, bytes: 0 }), step({ why: { kind: 'first' } })];
  const notes = lineNotes([build(steps, { first: true })], FILE, EN)!;
  expect(notes.lines.map(({ tone, text }) => [tone, text])).toEqual([
    ['ok', 'cached'],
    ['near', 'built · first build seen here · 1.2 s'],
  ]);
});

test('lines of a file that has changed since say nothing, and the file says so', () => {
  const notes = lineNotes([build([step({})])], { ...FILE, text: 'FROM debian\n' }, EN);
  expect(notes).toEqual({ lines: [], above: enBuilds.changed });
});

test('only the newest build of this very file counts', () => {
  const others = [
    build([step({})], { machine: 'node2' }),
    build([step({})], { path: null }),
    build([step({})], { dockerfile: null }),
  ];
  expect(lineNotes(others, FILE, EN)).toBeNull();
  const mine = [...others, build([step({ outcome: 'failed' })]), build([step({ outcome: 'cached' })])];
  expect(lineNotes(mine, FILE, EN)!.lines[0]!.tone).toBe('fail');
});

test('every reason has words in both languages, without a blank left', () => {
  const all: Why[] = [
    { kind: 'first' },
    { kind: 'no-cache' },
    { kind: 'after', line: 3 },
    { kind: 'after', line: null },
    { kind: 'text', was: 'RUN a\nb' },
    { kind: 'text', was: null },
    { kind: 'removed', was: 'RUN x' },
    { kind: 'above', line: 2 },
    { kind: 'arg', name: 'V' },
    { kind: 'base' },
    {
      kind: 'files',
      files: [
        { path: 'a', change: 'added' },
        { path: 'b', change: 'removed' },
      ],
      more: 2,
    },
    { kind: 'files-or-gone' },
    { kind: 'base-or-gone' },
    { kind: 'failed-before' },
    { kind: 'gone' },
  ];
  for (const say of [EN, ZH]) for (const why of all) expect(sayWhy(why, say)).toMatch(/^[^{}]+$/);
  expect(sayWhy({ kind: 'text', was: 'RUN a \\\n  b' }, EN)).toBe('this line changed, it was: RUN a \\…');
});

test('times, lines and the summary', () => {
  expect([3, 94, 95, 9949, 61_000].map((ms) => sayTime(ms, EN))).toEqual([
    '3 ms',
    '94 ms',
    '0.1 s',
    '9.9 s',
    '61 s',
  ]);
  expect(sayLines(step({ lines: { first: 3, last: 5 } }))).toBe('3–5');
  expect(sayLines(step({ lines: null }))).toBe('');
  const note = {
    id: 'a',
    machine: 'node1',
    cached: 3,
    ran: 2,
    failed: false,
    first: false,
    durationMs: 4100,
  };
  expect(sayNote(note, EN)).toBe('Build: 3 cached, 2 rebuilt · 4.1 s');
  expect(sayNote({ ...note, failed: true }, ZH)).toBe('构建失败 · 4.1 秒');
});

test('both languages have the same blanks', () => {
  const blanks = (tree: object): string[] =>
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [`${key} ${[...value.matchAll(/\{\w+\}/g)].map(String).toSorted().join()}`]
        : blanks(value as object),
    );
  expect(blanks(zhBuilds).toSorted()).toEqual(blanks(enBuilds).toSorted());
});
