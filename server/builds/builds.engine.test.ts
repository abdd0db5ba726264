/** Builds of a real machine, told line by line: what BuildKit did, why, how long, and what it added. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Build } from '../protocol/builds.ts';
import { openRealBuilds, type RealBuilds } from './testing/real-builds.ts';

let place: RealBuilds;
beforeAll(async () => {
  place = await openRealBuilds(['debian']);
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const runs = (line: string) => place.machine.runs(line);
const write = (path: string, text: string) =>
  runs(`mkdir -p "$(dirname ${path})" && cat > ${path} <<'OF_THE_TEST'\n${text}\nOF_THE_TEST`);
/** Line → how it went, and why. */
const told = ({ steps }: Build) =>
  steps.map(({ lines, outcome, why }) => [lines?.first, outcome, ...(why ? [why] : [])]);

const DOCKERFILE = `ARG TAG=latest
FROM debian:$TAG AS build
WORKDIR /src
COPY app.txt lib ./
RUN <<EOF
cat app.txt > out
head -c 300000 /dev/zero > big
EOF
FROM debian AS spare
RUN false
FROM debian
ENV KIND=test
COPY --from=build /src/out \\
  /src/big /app/
RUN echo done
CMD ["cat", "/app/out"]`;
const BUILD = 'cd /root/one && docker build -t one . 2>&1';

test('a first build, with stages, here-documents and lines that go on', async () => {
  await write('/root/one/Dockerfile', DOCKERFILE);
  await runs('cd /root/one && echo 1 > app.txt && mkdir lib && echo x > lib/x && echo no > other.txt');
  const { newest, notes } = await place.build(BUILD);
  expect(told(newest)).toEqual([
    [1, 'setting'],
    [2, 'base'],
    [3, 'ran', { kind: 'first' }],
    [4, 'ran', { kind: 'first' }],
    [5, 'ran', { kind: 'first' }],
    [9, 'unused'],
    [10, 'unused'],
    [11, 'base'],
    [12, 'setting'],
    [13, 'ran', { kind: 'first' }],
    [15, 'ran', { kind: 'first' }],
    [16, 'setting'],
  ]);
  expect(newest).toMatchObject({ path: '/root/one/Dockerfile', failed: false, machine: 'node1' });
  expect(newest.dockerfile?.trim()).toBe(DOCKERFILE);
  expect(newest.name).toContain('one');
  expect(notes).toMatchObject([{ id: newest.id, cached: 0, ran: 5, failed: false }]);
  const at = (line: number) => newest.steps.find(({ lines }) => lines?.first === line)!;
  expect(at(5).lines).toEqual({ first: 5, last: 8 });
  expect(at(13).bytes).toBeGreaterThan(300_000);
  expect(at(12).bytes).toBe(0);
  expect(at(5).bytes).toBeNull();
  expect(at(5).durationMs).toBeGreaterThan(1);
  expect(at(5).stage).toBe('build');
});

test('built again, all is taken from the cache', async () => {
  const { newest, notes } = await place.build(BUILD);
  expect(told(newest).filter(([, outcome]) => outcome === 'ran')).toEqual([]);
  expect(notes).toMatchObject([{ cached: 5, ran: 0 }]);
  expect(newest.steps.find(({ lines }) => lines?.first === 13)!.bytes).toBeGreaterThan(300_000);
});

test('a file that is copied changes: its COPY and all after it run, and the file is named', async () => {
  await runs('cd /root/one && echo 2 > app.txt && echo else > other.txt && touch lib/x');
  const { newest } = await place.build(BUILD);
  expect(told(newest).filter(([, outcome]) => outcome === 'ran' || outcome === 'cached')).toEqual([
    [3, 'cached'],
    [4, 'ran', { kind: 'files', files: [{ path: 'app.txt', change: 'changed' }], more: 0 }],
    [5, 'ran', { kind: 'after', line: 4 }],
    [13, 'ran', { kind: 'after', line: 5 }],
    [15, 'ran', { kind: 'after', line: 13 }],
  ]);
});

test('a line changes, and a setting', async () => {
  await runs(`cd /root/one && sed -i 's/echo done/echo ready/' Dockerfile`);
  const changed = await place.build(BUILD);
  expect(told(changed.newest)).toContainEqual([15, 'ran', { kind: 'text', was: 'RUN echo done' }]);
  expect(changed.notes).toMatchObject([{ cached: 4, ran: 1 }]);
  await runs(`cd /root/one && sed -i 's/KIND=test/KIND=other/' Dockerfile`);
  const { newest } = await place.build(BUILD);
  expect(told(newest)).toContainEqual([15, 'ran', { kind: 'above', line: 12 }]);
});

test('without the cache, and with another argument', async () => {
  await write('/root/two/Dockerfile', 'FROM debian\nARG V=1\nRUN echo $V > /v\n');
  await place.build('cd /root/two && docker build . 2>&1');
  const fresh = await place.build('cd /root/two && docker buildx build --no-cache . 2>&1');
  expect(told(fresh.newest)).toContainEqual([3, 'ran', { kind: 'no-cache' }]);
  const argued = await place.build('cd /root/two && docker build --build-arg V=2 . 2>&1');
  expect(told(argued.newest)).toContainEqual([3, 'ran', { kind: 'arg', name: 'V' }]);
  await runs('docker builder prune -af');
  const pruned = await place.build('cd /root/two && docker build --build-arg V=2 . 2>&1');
  expect(told(pruned.newest)).toContainEqual([3, 'ran', { kind: 'gone' }]);
});

test('a build that fails says where, with the last lines that were said', async () => {
  await write(
    '/root/three/Dockerfile',
    'FROM debian\nRUN true\nRUN echo "it is $((40 + 2))"; \\\n  exit 3\nRUN echo never\n',
  );
  const { newest, notes, code } = await place.build('cd /root/three && docker build . 2>&1');
  expect(code).not.toBe(0);
  expect(told(newest)).toEqual([
    [1, 'base'],
    [2, 'ran', { kind: 'first' }],
    [3, 'failed', { kind: 'first' }],
    [5, 'not-run'],
  ]);
  const { said } = newest.steps[2]!;
  expect(said[0]).toBe('it is 42');
  expect(said.join('\n')).toContain('exit code: 3');
  expect(notes).toMatchObject([{ failed: true }]);
  await runs(`cd /root/three && sed -i 's/echo never/echo ever/' Dockerfile`);
  const again = await place.build('cd /root/three && docker build . 2>&1');
  expect(told(again.newest)).toContainEqual([3, 'failed', { kind: 'failed-before' }]);
});

test('a mistake in the Dockerfile, and an image that nobody has', async () => {
  await write('/root/four/Dockerfile', 'FROM debian\nRUNN true\n');
  const wrong = await place.build('cd /root/four && docker build . 2>&1');
  expect(told(wrong.newest)).toContainEqual([2, 'failed']);
  await write('/root/five/Dockerfile', '# an image\nFROM nosuch:1\nRUN true\n');
  const missing = await place.build('cd /root/five && docker build . 2>&1');
  expect(told(missing.newest)).toEqual([
    [2, 'failed'],
    [3, 'not-run'],
  ]);
  expect(missing.newest.steps[0]!.said.join('\n')).toContain('nosuch');
});

test('what .dockerignore leaves out is not named', async () => {
  await write('/root/six/Dockerfile', 'FROM debian\nCOPY . /x\n');
  await runs('cd /root/six && echo "*.log" > .dockerignore && echo 1 > a && echo 1 > b.log');
  await place.build('cd /root/six && docker build . 2>&1');
  await runs('cd /root/six && echo 2 > a && echo 2 > b.log && echo new > c');
  const { newest } = await place.build('cd /root/six && docker build . 2>&1');
  const files = [
    { path: 'a', change: 'changed' },
    { path: 'c', change: 'added' },
  ];
  expect(told(newest)).toContainEqual([2, 'ran', { kind: 'files', files, more: 0 }]);
});

test('compose builds are builds, each with its own Dockerfile', async () => {
  await write('/root/seven/compose.yaml', 'services:\n  web:\n    build: web\n  db:\n    build: db\n');
  await write('/root/seven/web/Dockerfile', 'FROM debian\nRUN echo web\n');
  await write('/root/seven/db/Dockerfile', 'FROM debian\nRUN echo db\n');
  await place.build('cd /root/seven && docker compose build 2>&1', 2);
  const both = (await place.builds.of(place.id)).slice(0, 2);
  expect(both.map(({ path }) => path).toSorted()).toEqual([
    '/root/seven/db/Dockerfile',
    '/root/seven/web/Dockerfile',
  ]);
});

test('a room that opens later finds what BuildKit remembers, and no more than ten', async () => {
  const known = await place.builds.of(place.id);
  expect(known).toHaveLength(10);
  const later = place.room();
  const found = await later.of(place.id);
  await later[Symbol.asyncDispose]();
  const facts = (builds: readonly Build[]) => builds.map(({ id, path, steps }) => [id, path, steps.length]);
  expect(facts(found)).toEqual(facts(known));
});

test('what we ask leaves no trace among what the learner did', async () => {
  await place.builds.of(place.id);
  await runs('docker volume ls');
  await expect.poll(() => [...place.spans]).toContain('GET /volumes');
  const ours = ['ListenBuildHistory', 'Content/Read', '/history'];
  expect([...place.spans].filter((name) => ours.some((own) => name.includes(own)))).toEqual([]);
});

test('a machine without an engine has no builds, and nobody is kept waiting', async () => {
  await runs('service docker stop');
  const later = place.room();
  expect(await later.of(place.id)).toEqual([]);
  await later[Symbol.asyncDispose]();
  await runs('service docker start');
});
