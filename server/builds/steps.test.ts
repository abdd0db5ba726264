import { expect, test } from 'vitest';
import { parseDockerfile } from './dockerfile.ts';
import { layerBytes } from './layers.ts';
import { built, vertex } from './testing/built.ts';

/** `line outcome` of each step, with the stage's name. */
const outcomes = (steps: ReturnType<typeof built>['steps']) =>
  steps.map(
    ({ instruction, stageName, outcome }) => `${instruction?.firstLine ?? '-'} ${stageName} ${outcome}`,
  );

const ONE = 'FROM debian\nENV A=1\nCOPY . /app\nRUN make\nCMD ["x"]';

test('each line has its step', () => {
  const { steps } = built(ONE, {
    vertexes: [
      vertex('[internal] load build definition from Dockerfile'),
      vertex('[internal] load build context'),
      vertex('[1/3] FROM docker.io/library/debian'),
      vertex('[2/3] COPY . /app', { cached: true }),
      vertex('[3/3] RUN make', { durationMs: 900 }),
      vertex('exporting to image'),
    ],
  });
  expect(outcomes(steps)).toEqual(['1 0 base', '2 0 setting', '3 0 cached', '4 0 ran', '5 0 setting']);
  expect(steps[3]!.vertex?.durationMs).toBe(900);
});

const TWO =
  'ARG V=1\nFROM debian AS build\nRUN a\nFROM debian AS spare\nRUN s\nFROM debian\nCOPY --from=build /a /a';

test('stages by their names, with numbers that are padded, and one that nobody needed', () => {
  const { steps } = built(TWO, {
    vertexes: [
      vertex('[build 1/2] FROM docker.io/library/debian'),
      vertex('[linux/amd64 build  2/2] RUN a'),
      vertex('[stage-2 2/2] COPY --from=build /a /a'),
    ],
  });
  expect(outcomes(steps)).toEqual([
    '1 null setting',
    '2 build base',
    '3 build ran',
    '4 spare unused',
    '5 spare unused',
    '6 2 base',
    '7 2 ran',
  ]);
});

test('a build that failed: the step, what did not come to its turn, and what was stopped', () => {
  const { steps } = built('FROM debian\nRUN a\nRUN false\nRUN c', {
    vertexes: [
      vertex('[1/4] FROM debian'),
      vertex('[2/4] RUN a', { error: 'process "a" did not complete: context canceled' }),
      vertex('[3/4] RUN false', { error: 'exit code: 1', said: ['oh'] }),
      vertex('[4/4] RUN c', { durationMs: null }),
    ],
  });
  expect(outcomes(steps)).toEqual(['1 0 base', '2 0 not-run', '3 0 failed', '4 0 not-run']);
});

test('a line that failed before it was a step is told by its number', () => {
  const { steps } = built('FROM nosuch\nRUN a', { vertexes: [], failedLine: 1 });
  expect(outcomes(steps)).toEqual(['1 0 failed', '2 0 not-run']);
});

test('ONBUILD lines of a base stand with its FROM', () => {
  const { steps } = built('FROM base\nRUN own', {
    vertexes: [vertex('[1/3] FROM base'), vertex('[2/3] COPY . /x'), vertex('[3/3] RUN own')],
  });
  expect(outcomes(steps)).toEqual(['1 0 base', '2 0 ran']);
});

test('a step that fits no line is told without one', () => {
  const unlike = [
    vertex('[2/2] COPY a b'),
    vertex('[9999/2] RUN x'),
    vertex('[other 1/2] RUN y', { cached: true }),
  ];
  expect(outcomes(built('FROM debian\nRUN make', { vertexes: unlike }).steps)).toEqual([
    '1 0 unused',
    '2 0 unused',
    '- null ran',
    '- null ran',
    '- other cached',
  ]);
  expect(outcomes(built(null, { vertexes: unlike }).steps)).toEqual([
    '- null ran',
    '- null ran',
    '- other cached',
  ]);
});

const entry = (CreatedBy: string, Size: number, Comment = 'buildkit.dockerfile.v0') => ({
  CreatedBy,
  Size,
  Comment,
});

test('bytes of each line by the history of the image, through the stages that it is made of', () => {
  const dockerfile = parseDockerfile(
    'FROM debian AS a\nRUN one\nFROM debian AS b\nRUN no\nFROM a\nENV X=1\nCOPY f /',
  );
  const history = [
    entry('COPY f / # buildkit', 30),
    entry('ENV X=1', 0),
    entry('RUN /bin/sh -c one # buildkit', 20),
    entry('/bin/sh -c #(nop) ADD file:1', 100, ''),
  ];
  const bytes = layerBytes(dockerfile, null, history);
  expect([...bytes].map(([{ firstLine }, size]) => [firstLine, size])).toEqual([
    [7, 30],
    [6, 0],
    [2, 20],
  ]);
  expect([...layerBytes(dockerfile, 'a', [entry('RUN /bin/sh -c one', 20)]).values()]).toEqual([20]);
});

test('a history that does not fit, or is none, says nothing', () => {
  const dockerfile = parseDockerfile('FROM debian\nRUN one\nCOPY a b\nCMD x');
  expect(layerBytes(dockerfile, null, [entry('CMD x', 0), entry('RUN one', 5)]).size).toBe(1);
  for (const nonsense of [null, 'x', [{}], [entry('CMD x', 0, '')]])
    expect(layerBytes(dockerfile, null, nonsense).size).toBe(0);
  expect(layerBytes(dockerfile, 'nosuch', [entry('CMD x', 0)]).size).toBe(0);
});
