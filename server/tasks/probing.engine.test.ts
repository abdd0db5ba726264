/** Each kind for which somebody must go and look, on a real machine: how soon it ticks, and what it says on the way. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LessonDefinition, TaskDefinition } from '#server/lessons/contract.ts';
import type { Expectation } from '#server/lessons/expectation.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { openRealWorld, type RealWorld } from '#server/world/testing/real-world.ts';
import { systemClock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { silentLog } from '../lib/log.ts';
import type { Command } from '../protocol/feed.ts';
import type { TaskState } from '../protocol/tasks.ts';
import type { Tasks } from './contract.ts';
import { openTasks } from './tasks.ts';

/** From the end of the command on. */
const GOAL_MS = 2_000;
const KEY = { course: 'test', lesson: 'probes' };
const words = (en: string) => ({ en, zh: en });
const auth = { user: 'ann', password: 'secret' };

const EXPECTED: Record<string, Expectation> = {
  file: { file: { path: '/root/note', contains: 'hello', matches: '^wor.d$' } },
  directory: { file: { path: '/srv/data', directory: true } },
  inside: { file: { container: 'web', path: '/etc/drydock-note', contains: 'inside' } },
  http: { http: { port: 8080, contains: 'hello', header: { Server: 'nginx' } } },
  gone: { not: { http: { port: 8080 } } },
  registry: { registry: { port: 5000, repository: 'team/web', tag: 'v1' } },
  login: { registry: { port: 5001, auth } },
  shell: { shell: { script: 'docker volume ls -q', prints: 'data', says: words('there is no volume data') } },
  diff: { container: { name: 'web', diff: { added: '/etc/drydock-note', deleted: '/etc/debian_version' } } },
  count: { answer: { number: { shell: 'ls -d /srv/data | wc -l' } } },
  name: { answer: { text: { shell: 'cat /etc/hostname' } } },
  address: { answer: { text: { containerIp: 'web' } } },
  digest: { answer: { text: { imageDigest: 'localhost:5000/team/web:v1' } } },
};

const task = (id: string): TaskDefinition => ({
  id,
  step: 'only',
  title: words(id),
  expect: [EXPECTED[id]!],
  hints: [],
  hold: id === 'gone',
  solution: [],
});
const LESSON: LessonDefinition = {
  key: KEY,
  scored: false,
  plan: { lesson: KEY, machines: [] },
  tasks: Object.keys(EXPECTED).map(task),
  proof: new Map(),
  wrong: [],
};

let place: RealWorld;
let tasks: Tasks & AsyncDisposable;
const typed = new Emitter<{ sandbox: string; command: Command }>();
const ticks = new Map<string, number>();

beforeAll(async () => {
  place = await openRealWorld({ images: ['busybox', 'nginx', 'httpd', 'registry:2'], lesson: KEY });
  const store = createFakeStore();
  tasks = openTasks({
    sandboxes: place.sandboxes,
    worlds: place.worlds,
    traces: { calls: () => [], on: () => () => {} },
    probes: place.probes,
    onCommand: (listener) => typed.on(listener),
    lessons: { definition: () => LESSON, onChange: () => () => {} },
    progress: store.progress,
    commands: store.commands,
    clock: systemClock,
    log: silentLog,
  });
  tasks.on(({ task }) => {
    if (task.passed && !ticks.has(task.id)) ticks.set(task.id, performance.now());
  });
  await vi.waitFor(() => expect(place.world()?.connected).toBe(true), { timeout: 10_000 });
  await tasks.states(place.sandbox.id);
}, 900_000);
afterAll(async () => {
  await tasks?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

async function state(id: string): Promise<TaskState> {
  return (await tasks.states(place.sandbox.id)).find((task) => task.id === id)!;
}

/** Types as a learner; resolves to when the command ended. */
async function types(line: string): Promise<number> {
  await place.machine.runs(line);
  const startedAt = new Date().toISOString();
  const command = { machine: 'node1', terminal: '1', line, exitCode: 0, startedAt, durationMs: 1 };
  typed.emit({ sandbox: place.sandbox.id, command });
  return performance.now();
}

async function ticksWithin(id: string, endedAtMs: number): Promise<void> {
  await vi.waitFor(() => expect(ticks.get(id)).toBeDefined(), { timeout: 10_000, interval: 5 });
  expect(ticks.get(id)! - endedAtMs).toBeLessThanOrEqual(GOAL_MS);
}

const misses = async (id: string, miss: string) =>
  vi.waitFor(
    async () => {
      const { near, facts } = await state(id);
      const told = facts.filter(({ ok }) => !ok).map((fact) => fact.words?.en);
      expect({ near, told }).toEqual({ near: true, told: [miss] });
    },
    { timeout: 10_000, interval: 20 },
  );

test('nothing has passed or is near before anything was done', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const states = await tasks.states(place.sandbox.id);
  expect(states.filter(({ passed }) => passed).map(({ id }) => id)).toEqual(['gone']);
  expect(states.filter(({ near }) => near)).toEqual([]);
});

test('a file', async () => {
  await types('echo hello > /root/note');
  await misses('file', 'the file is there, but nothing in it fits /^wor.d$/');
  await ticksWithin('file', await types('echo world >> /root/note'));
});

test('a directory', async () => {
  await types('echo > /srv/data');
  await misses('directory', 'it is no directory');
  await ticksWithin('directory', await types('rm /srv/data && mkdir /srv/data'));
});

test('a page, and a held task that no longer holds', async () => {
  await types('docker run -d --name web -p 8080:80 nginx');
  await misses('http', 'the page / answers, but does not contain “hello”');
  const page = '/usr/share/nginx/html/index.html';
  await ticksWithin('http', await types(`docker exec web sh -c "echo hello > ${page}"`));
  expect((await state('gone')).passed).toBe(false);
});

test('a file in a container', async () => {
  await types('docker exec web sh -c "echo outside > /etc/drydock-note"');
  await misses('inside', 'the file is there, but does not contain “inside”');
  const endedAtMs = await types('docker exec web sh -c "echo inside > /etc/drydock-note"');
  await ticksWithin('inside', endedAtMs);
});

test('what a container changed', async () => {
  await types('docker exec web touch /etc/passwd');
  await misses('diff', 'docker diff does not list /etc/debian_version');
  await ticksWithin('diff', await types('docker exec web rm /etc/debian_version'));
});

test('a script', async () => {
  await types('docker volume create other');
  await misses('shell', 'there is no volume data');
  await ticksWithin('shell', await types('docker volume create data'));
});

test('a registry and what it holds', async () => {
  await types('docker run -d --name registry -p 5000:5000 registry:2');
  await misses('registry', 'the registry does not have team/web:v1');
  const push = 'docker tag busybox localhost:5000/team/web:v1 && docker push -q localhost:5000/team/web:v1';
  await ticksWithin('registry', await types(push));
});

test('a registry that asks for a login', async () => {
  const start = (password: string) =>
    types(
      `mkdir -p /root/auth && docker run --rm --entrypoint htpasswd httpd -Bbn ann ${password} > /root/auth/htpasswd && ` +
        'docker rm -f locked 2>/dev/null; docker run -d --name locked -p 5001:5000 -v /root/auth:/auth ' +
        '-e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=lesson ' +
        '-e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2',
    );
  await start('other');
  await misses('login', 'the registry does not let ann in');
  await ticksWithin('login', await start(auth.password));
});

test('computed answers', async () => {
  const answer = (id: string, value: string) => tasks.answer(place.sandbox.id, id, value);
  expect((await answer('count', '7')).facts).toMatchObject([{ words: { en: '7 is too large' } }]);
  expect((await answer('count', '1')).passed).toBe(true);
  const hostname = await place.machine.runs('hostname');
  expect((await answer('name', 'elsewhere')).passed).toBe(false);
  expect((await answer('name', ` ${hostname}\n`)).passed).toBe(true);
  const address = await place.machine.runs(
    "docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web",
  );
  expect((await answer('address', '10.0.0.1')).passed).toBe(false);
  expect((await answer('address', address)).passed).toBe(true);
  const digest = await place.machine.runs(
    "docker image inspect -f '{{index .RepoDigests 0}}' localhost:5000/team/web:v1",
  );
  expect((await answer('digest', 'sha256:0000')).passed).toBe(false);
  expect((await answer('digest', digest.split('@')[1]!.slice(0, 14))).passed).toBe(true);
});

test('looking leaves nothing behind in the machine', async () => {
  const left = await place.machine.runs(
    "sleep 0.5; ps -eo args | grep -E '^(timeout|bash -c script)' || true; ls /tmp",
  );
  expect(left).toBe('');
});
