import { describe, expect, test } from 'vitest';
import { built, vertex, whys } from './testing/built.ts';

const TEXT = 'FROM debian\nENV A=1\nRUN setup\nCOPY app.py /app/\nRUN make\nCMD x';
const CONTEXT = '[internal] load build context';

type Outcome = Parameters<typeof vertex>[1];
const CACHED: Outcome = { cached: true };

/** The four steps of TEXT, or of one alike; each takes the result of the one before it. */
function build(
  text: string,
  {
    setup = {},
    copy = {},
    make = {},
    ...rest
  }: {
    setup?: Outcome;
    copy?: Outcome;
    make?: Outcome;
    base?: string | null;
    attributes?: Record<string, string>;
    files?: Record<string, string>;
  },
) {
  const run = (line: number) => text.split('\n')[line - 1]!;
  const from = vertex('[1/4] FROM debian');
  const two = vertex(`[2/4] ${run(3)}`, { inputs: [from.digest], ...setup });
  const three = vertex(`[3/4] ${run(4)}`, { inputs: [two.digest, CONTEXT], ...copy });
  const four = vertex(`[4/4] ${run(5)}`, { inputs: [three.digest], ...make });
  return built(text, { vertexes: [vertex(CONTEXT), from, two, three, four], ...rest });
}
const first = build(TEXT, { files: { 'app.py': '1', README: '1' } });
const ALL_CACHED = { setup: CACHED, copy: CACHED, make: CACHED };

test('the first build of a Dockerfile', () => {
  expect(whys(first, null)).toEqual({
    3: { kind: 'first' },
    4: { kind: 'first' },
    5: { kind: 'first' },
  });
});

test('what was taken from the cache needs no reason', () => {
  expect(whys(build(TEXT, ALL_CACHED), first)).toEqual({});
});

test('a file that is copied has changed, and everything after it runs', () => {
  const now = build(TEXT, { setup: CACHED, files: { 'app.py': '2', README: '2' } });
  expect(whys(now, first)).toEqual({
    4: { kind: 'files', files: [{ path: 'app.py', change: 'changed' }], more: 0 },
    5: { kind: 'after', line: 4 },
  });
});

test('of many files the first few are named', () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`d/${index}`, 'x']));
  const text = TEXT.replace('app.py', 'd');
  const now = build(text, { setup: CACHED, files });
  expect(whys(now, build(text, { files: {} }))[4]).toMatchObject({ kind: 'files', more: 4 });
});

test('where the files could not be looked at, that something of them changed is all that is said', () => {
  const now = build(TEXT, { setup: CACHED });
  expect(whys(now, first)[4]).toEqual({ kind: 'files-or-gone' });
});

test('a line that reads otherwise, a new one, and one that was taken out', () => {
  const changed = build(TEXT.replace('RUN make', 'RUN make -j'), { setup: CACHED, copy: CACHED });
  expect(whys(changed, first)).toEqual({ 5: { kind: 'text', was: 'RUN make' } });

  const longer = TEXT.replace('RUN make', 'RUN new\nRUN make');
  const added = built(longer, {
    vertexes: [
      vertex('[3/5] COPY app.py /app/', CACHED),
      vertex('[4/5] RUN new'),
      vertex('[5/5] RUN make', { inputs: ['[4/5] RUN new'] }),
    ],
  });
  expect(whys(added, first)).toEqual({ 5: { kind: 'text', was: null }, 6: { kind: 'after', line: 5 } });

  const shorter = built(TEXT.replace('RUN setup\n', ''), { vertexes: [vertex('[2/3] COPY app.py /app/')] });
  expect(whys(shorter, first)).toEqual({ 3: { kind: 'removed', was: 'RUN setup' } });
});

test('a setting above that reads otherwise; a label is none that matters', () => {
  const now = build(TEXT.replace('A=1', 'A=2'), { copy: CACHED, make: CACHED });
  expect(whys(now, first)).toEqual({ 3: { kind: 'above', line: 2 } });
  const labelled = TEXT.replace('ENV A=1', 'LABEL a=2');
  const before = build(labelled, {});
  expect(whys(build(labelled.replace('a=2', 'a=3'), { copy: CACHED, make: CACHED }), before)).toEqual({
    3: { kind: 'gone' },
  });
});

test('a value of --build-arg, another base image, --no-cache', () => {
  const argued = build(TEXT, { attributes: { 'build-arg:VERSION': '2' }, copy: CACHED, make: CACHED });
  expect(whys(argued, first)).toEqual({ 3: { kind: 'arg', name: 'VERSION' } });
  const newer = build(TEXT, { base: 'two' });
  expect(whys(newer, first)[3]).toEqual({ kind: 'base' });
  const fresh = build(TEXT, { attributes: { 'no-cache': '' } });
  expect(whys(fresh, first)).toEqual({
    3: { kind: 'no-cache' },
    4: { kind: 'no-cache' },
    5: { kind: 'no-cache' },
  });
  const others = build(TEXT, { ...ALL_CACHED, make: {}, attributes: { 'no-cache': 'other' } });
  expect(whys(others, first)).toEqual({ 5: { kind: 'gone' } });
});

test('an image of which nobody knows whether it is the same', () => {
  expect(whys(build(TEXT, { base: null, copy: CACHED, make: CACHED }), first)).toEqual({
    3: { kind: 'base-or-gone' },
  });
});

test('a step that failed before has nothing to be taken from', () => {
  const failed = build(TEXT, { setup: CACHED, copy: CACHED, make: { error: 'exit code: 2' } });
  expect(whys(failed, first)).toEqual({ 5: { kind: 'gone' } });
  expect(whys(build(TEXT, { setup: CACHED, copy: CACHED }), failed)).toEqual({
    5: { kind: 'failed-before' },
  });
});

test('nothing changed and still it ran: what was kept is gone', () => {
  const files = { 'app.py': '1', README: '1' };
  expect(whys(build(TEXT, { files, make: CACHED, setup: CACHED }), first)).toEqual({ 4: { kind: 'gone' } });
});

describe('several stages', () => {
  const text = 'FROM debian AS build\nRUN a\nFROM debian\nRUN b\nCOPY --from=build /a /a';
  const make = (a: Outcome, b: Outcome, c: Outcome, source = text) =>
    built(source, {
      vertexes: [
        vertex('[build 1/2] FROM debian'),
        vertex('[build 2/2] RUN a', a),
        vertex('[stage-1 1/3] FROM debian'),
        vertex('[stage-1 2/3] RUN b', b),
        vertex('[stage-1 3/3] COPY --from=build /a /a', {
          inputs: ['[stage-1 2/3] RUN b', '[build 2/2] RUN a'],
          ...c,
        }),
      ],
    });

  test('what is copied from a stage runs after it', () => {
    const longer = text.replace('RUN a', 'RUN  a');
    expect(whys(make({}, CACHED, {}, longer), make({}, {}, {}))).toEqual({
      2: { kind: 'text', was: 'RUN a' },
      5: { kind: 'after', line: 2 },
    });
  });

  test('a stage that is new is told to be', () => {
    const before = built('FROM debian AS build\nRUN a', { vertexes: [] });
    expect(whys(make(CACHED, {}, CACHED), before)).toEqual({ 4: { kind: 'first' } });
  });
});
