import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildSchema } from '../protocol/builds.ts';
import { Grpc } from './grpc.ts';
import { type BuildRecord, readDockerfile, readRecords, readWent } from './history.ts';
import { encoded, FakeBuildKit, message, type Part } from './testing/fake-buildkit.ts';
import { built, vertex } from './testing/built.ts';
import { asBuild } from './view.ts';

let kit: FakeBuildKit;
beforeEach(async () => {
  kit = await new FakeBuildKit().start();
});
afterEach(() => kit[Symbol.asyncDispose]());

const HISTORY = '/moby.buildkit.v1.Control/ListenBuildHistory';
const STATUS = '/moby.buildkit.v1.Control/Status';
const READ = '/containerd.services.content.v1.Content/Read';
const DIGEST = `sha256:${'a'.repeat(64)}`;

const answer = (path: string, ...messages: Part[][]) =>
  kit.answers.set(path, { sent: Buffer.concat(messages.map((one) => message(encoded(one)))), status: '0' });
const records = async () => {
  using grpc = await Grpc.over(await kit.dial());
  return await readRecords(grpc);
};
const record = (...parts: Part[]): Part[] => [
  [1, 1],
  [
    2,
    [
      [1, 'abc'],
      [
        3,
        [
          [1, 'filename'],
          [2, 'Dockerfile'],
        ],
      ],
      [7, [[1, 100]]],
      ...parts,
    ],
  ],
];
const failed = (detail: string) =>
  record([
    5,
    [
      [2, 'it went wrong'],
      [
        3,
        [
          [1, 'github.com/moby/buildkit/errdefs.Source+json'],
          [2, detail],
        ],
      ],
    ],
  ]);

test('builds that ended, oldest first, without those of no Dockerfile', async () => {
  answer(
    HISTORY,
    record(
      [
        6,
        [
          [1, 90],
          [2, 500_000_000],
        ],
      ],
      [
        10,
        [
          [2, [[2, DIGEST]]],
          [2, [[2, '../../etc/passwd']]],
        ],
      ],
    ),
    [[2, [[1, 'begun']]]],
    [
      [1, 1],
      [2, [[1, 'nothing']]],
    ],
    [
      [1, 1],
      [
        2,
        [
          [1, 'earlier'],
          [
            3,
            [
              [1, 'filename'],
              [2, 'D'],
            ],
          ],
          [7, [[1, 50]]],
        ],
      ],
    ],
  );
  const [first, second] = await records();
  expect(first).toMatchObject({ ref: 'earlier', endedAtMs: 50_000 });
  expect(second).toMatchObject({ ref: 'abc', startedAtMs: 90_500, endedAtMs: 100_000, error: null });
  expect(second!.provenance).toEqual([DIGEST]);
});

test('a failed one brings its Dockerfile and the line', async () => {
  const data = Buffer.from('FROM x\nRUN y').toString('base64');
  answer(HISTORY, failed(JSON.stringify({ info: { data }, ranges: [{ start: { line: 2 } }] })));
  expect(await records()).toMatchObject([
    { error: 'it went wrong', failedIn: { dockerfile: 'FROM x\nRUN y', line: 2 } },
  ]);
});

test.each([
  ['no JSON', '{'],
  ['another shape', '{"info":[]}'],
  ['no base64', '{"info":{"data":"%"},"ranges":[{"start":{"line":1}}]}'],
  ['a line that is none', '{"info":{"data":"QQ=="},"ranges":[{"start":{"line":-4}}]}'],
  [
    'too large a file',
    JSON.stringify({ info: { data: 'QUFB'.repeat(30_000) }, ranges: [{ start: { line: 1 } }] }),
  ],
])('what a machine says of a failure is not believed where it is %s', async (_name, detail) => {
  answer(HISTORY, failed(detail));
  expect(await records()).toMatchObject([{ error: 'it went wrong', failedIn: null }]);
});

test('bytes that are no message are an error, and one with endless fields too', async () => {
  kit.answers.set(HISTORY, { sent: message(Buffer.from([0x0a, 0xff, 0xff])), status: '0' });
  await expect(records()).rejects.toThrow();
  kit.answers.set(HISTORY, { sent: message(Buffer.alloc(60_000, Buffer.from([0x08, 0x01]))), status: '0' });
  await expect(records()).rejects.toThrow('more fields');
});

test('a step is told in pieces: its beginning, its end, and what it said', async () => {
  const step = (...parts: Part[]): Part => [
    1,
    [[1, DIGEST], [3, '[2/2] RUN make'], [2, 'sha256:in'], ...parts],
  ];
  const log = (text: string): Part => [
    3,
    [
      [1, DIGEST],
      [4, text],
    ],
  ];
  answer(
    STATUS,
    [step([5, [[1, 10]]])],
    [
      log('one\ntw'),
      log('o\n'),
      [2, [[1, `writing image ${DIGEST}`]]],
      [2, [[1, 'naming to docker.io/library/app done']]],
    ],
    [step([5, [[1, 10]]], [6, [[1, 12]]], [7, 'exit code: 1'])],
    [log(`${'x\n'.repeat(100)}end`)],
  );
  using grpc = await Grpc.over(await kit.dial());
  const { vertexes, image, name } = await readWent(grpc, 'abc');
  expect(vertexes).toMatchObject([
    { durationMs: 2000, error: 'exit code: 1', inputs: ['sha256:in'], cached: false },
  ]);
  expect(vertexes[0]!.said).toHaveLength(13);
  expect(vertexes[0]!.said.at(-1)).toBe('end');
  expect([image, name]).toEqual([DIGEST, 'docker.io/library/app']);
});

test('the Dockerfile of a build that went well stands in what BuildKit wrote down of it', async () => {
  const data = Buffer.from('FROM y').toString('base64');
  const told = {
    metadata: { 'https://mobyproject.org/buildkit@v1#metadata': { source: { infos: [{ data }] } } },
  };
  const json = JSON.stringify(told);
  const one = { failedIn: null, provenance: [DIGEST] } as unknown as BuildRecord;
  answer(READ, [[2, json.slice(0, 20)]], [[2, json.slice(20)]]);
  using grpc = await Grpc.over(await kit.dial());
  expect(await readDockerfile(grpc, one)).toBe('FROM y');
  answer(READ, [[2, 'nonsense']]);
  expect(await readDockerfile(grpc, one)).toBeNull();
  expect(await readDockerfile(grpc, { ...one, provenance: [] })).toBeNull();
});

test('whatever a machine says, what goes out is within the bounds of the wire', () => {
  const text = `FROM debian\nRUN ${'y'.repeat(5000)}\n`;
  const { steps, context, bases, record } = built(text, {
    vertexes: [
      vertex('[2/2] RUN y', {
        error: 'e\u001b[31mr\u0007r'.repeat(400),
        said: ['\u001b[1mbad\u001b[0m', '10%\r20%\rdone'],
      }),
    ],
  });
  const build = asBuild({
    vertexes: [],
    steps,
    context,
    bases,
    record: {
      ref: 'abc',
      attributes: record.attributes,
      startedAtMs: 9,
      endedAtMs: 5,
      error: 'x',
      failedIn: null,
      provenance: [],
    },
    name: `docker.io/library/${'n'.repeat(1000)}`,
    image: null,
    place: null,
    machine: 'node1',
    text,
    first: true,
    why: new Map(),
    bytes: null,
  });
  expect(buildSchema.parse(build)).toMatchObject({ durationMs: 0, name: 'n'.repeat(300) });
  expect(build.steps[1]!.said.slice(0, 2)).toEqual(['bad', 'done']);
  expect(build.steps[1]!.said.join('')).not.toMatch(/\p{Cc}/u);
});
