/** A container passes by its facts, and misses in the learner's own numbers. */
import { expect, test } from 'vitest';
import type { ContainerExpectation } from '#server/lessons/expectation.ts';
import { container, image, port, sources } from '../testing/worlds.ts';
import { judgeContainer } from './container.ts';

/** Misses only: `field: words`. */
function misses(expected: ContainerExpectation, parts: Parameters<typeof sources>[0]): string[] {
  return judgeContainer(expected, sources(parts))
    .facts.filter(({ ok }) => !ok)
    .map(({ field, words }) => `${field}: ${words?.en}`);
}

const WEB: ContainerExpectation = { name: 'web', image: 'nginx', running: true, ports: ['8080:80'] };

test('a container that holds every field passes', () => {
  const verdict = judgeContainer(WEB, sources({ containers: [container({ ports: [port(8080, 80)] })] }));
  expect(verdict.passed).toBe(true);
  expect(verdict.facts.map(({ field, ok }) => [field, ok])).toEqual([
    ['name', true],
    ['image', true],
    ['running', true],
    ['ports', true],
  ]);
});

test('nothing there yet is no near miss', () => {
  const verdict = judgeContainer(WEB, sources({ containers: [] }));
  expect(verdict).toMatchObject({ passed: false, near: false });
  expect(misses(WEB, { containers: [] })).toEqual(['name: there is no container named web']);
});

test('ports the wrong way round are told as they were published', () => {
  const parts = { containers: [container({ ports: [port(80, 8080)] })] };
  expect(judgeContainer(WEB, sources(parts))).toMatchObject({ passed: false, near: true });
  expect(misses(WEB, parts)).toEqual(['ports: you published 80→8080']);
});

test('no port at all is told too', () => {
  expect(misses(WEB, { containers: [container({})] })).toEqual(['ports: you published no port']);
});

test('a port alone means any host port', () => {
  const any = { ports: ['80'] };
  expect(
    judgeContainer(any, sources({ containers: [container({ ports: [port(49_153, 80)] })] })).passed,
  ).toBe(true);
});

test('a name off by a letter is recognized', () => {
  expect(misses({ name: 'web' }, { containers: [container({ name: 'web1' })] })).toEqual([
    'name: yours is named web1',
  ]);
});

test('a container of the right image under a made-up name is recognized', () => {
  const expected = { name: 'web', image: 'nginx' };
  expect(misses(expected, { containers: [container({ name: 'quirky_bohr' })] })).toEqual([
    'name: yours is named quirky_bohr',
  ]);
  expect(
    judgeContainer(expected, sources({ containers: [container({ name: 'db', image: 'redis' })] })).near,
  ).toBe(false);
});

test('the wrong image is told', () => {
  expect(misses({ name: 'web', image: 'nginx' }, { containers: [container({ image: 'httpd' })] })).toEqual([
    'image: you made it from httpd',
  ]);
});

test.each([
  ['nginx', 'nginx:1.26', true],
  ['nginx', 'docker.io/library/nginx', true],
  ['nginx:1.26', 'nginx', false],
  ['nginx:latest', 'nginx', true],
  ['docker/getting-started', 'docker/getting-started:latest', true],
  ['nginx', 'localhost:5000/nginx', false],
  ['localhost:5000/web', 'localhost:5000/web:1', true],
])('asked for %s, made from %s: %s', (wanted, made, ok) => {
  expect(
    judgeContainer({ image: wanted }, sources({ containers: [container({ image: made })] })).passed,
  ).toBe(ok);
});

test('a container started by the id of an image is known by the image’s names', () => {
  const nginx = image({ tags: ['nginx:latest'] });
  const byId = container({ image: nginx.id.slice(7, 19), imageId: nginx.id });
  expect(judgeContainer({ image: 'nginx' }, sources({ containers: [byId], images: [nginx] })).passed).toBe(
    true,
  );
});

test.each([
  [container({ state: 'exited', exitCode: 137 }), 'it exited with 137'],
  [
    container({ state: 'exited', exitCode: 137, outOfMemory: true }),
    'it ran out of memory and was killed (137)',
  ],
  [container({ state: 'created' }), 'it was created, but not started'],
  [container({ state: 'created', exitCode: 128 }), 'it was created, but could not start'],
  [container({ state: 'restarting', exitCode: 1 }), 'it ends with 1 and is restarted, over and over'],
])('one that does not run says why', (stopped, words) => {
  expect(misses({ name: 'web', running: true }, { containers: [stopped] })).toEqual([`running: ${words}`]);
});

test('a paused container runs', () => {
  const parts = { containers: [container({ state: 'paused' as const })] };
  expect(judgeContainer({ running: true }, sources(parts)).passed).toBe(true);
  expect(judgeContainer({ paused: true }, sources(parts)).passed).toBe(true);
});

test('asked to stop, a container that still runs is no miss: nothing was done yet', () => {
  expect(judgeContainer({ name: 'web', running: false }, sources({ containers: [container({})] })).near).toBe(
    false,
  );
});

test('a container that is being removed is not one that was stopped and kept', () => {
  const judged = (state: 'exited' | 'removing') =>
    judgeContainer({ name: 'web', running: false }, sources({ containers: [container({ state })] })).passed;
  expect(judged('exited')).toBe(true);
  expect(judged('removing')).toBe(false);
});

test('a container that removed itself counts where its exit code is asked, and only there', () => {
  const parts = { gone: [container({ image: 'hello-world', state: 'exited', exitCode: 0 })] };
  expect(judgeContainer({ image: 'hello-world', exitCode: 0 }, sources(parts)).passed).toBe(true);
  expect(judgeContainer({ image: 'hello-world' }, sources(parts)).passed).toBe(false);
  expect(misses({ image: 'hello-world', exitCode: 1 }, parts)).toEqual(['exitCode: it exited with 0']);
});

test('removed means: it was there, and is not any more', () => {
  const gone = { name: 'web', removed: true };
  const judged = (parts: Parameters<typeof sources>[0]) => judgeContainer(gone, sources(parts));
  expect(judged({})).toMatchObject({ passed: false, near: false });
  expect(judged({ containers: [container({})] })).toMatchObject({ passed: false, near: false });
  expect(judged({ containers: [container({ state: 'exited', exitCode: 0 })] })).toMatchObject({
    passed: false,
    near: true,
  });
  expect(misses(gone, { containers: [container({ state: 'exited' })] })).toEqual([
    'removed: it has stopped, but it is still there',
  ]);
  expect(judged({ gone: [container({ state: 'exited' })] }).passed).toBe(true);
  expect(judged({ gone: [container({})], containers: [container({})] }).passed).toBe(false);
});

test('asked by its label, another container that is still there is not the one', () => {
  const store = { removed: true, label: { service: 'store' } };
  const labelled = { name: 'store', labels: { service: 'store' } };
  const other = container({ name: 'other' });
  expect(misses(store, { containers: [container({ ...labelled, state: 'exited' }), other] })).toEqual([
    'removed: it has stopped, but it is still there',
  ]);
  expect(judgeContainer(store, sources({ gone: [container(labelled)], containers: [other] })).passed).toBe(
    true,
  );
});

test('a count says how many there are', () => {
  const two = { image: 'nginx', count: 2 };
  const named = (...names: string[]) => ({ containers: names.map((name) => container({ name })) });
  expect(judgeContainer(two, sources(named('a', 'b'))).passed).toBe(true);
  expect(misses(two, named('a'))).toEqual(['count: 1 so far']);
  expect(judgeContainer(two, sources(named('a', 'b', 'c'))).passed).toBe(false);
  expect(judgeContainer({ image: 'nginx', count: { min: 2 } }, sources(named('a', 'b', 'c'))).passed).toBe(
    true,
  );
  expect(judgeContainer({ image: 'nginx', count: 0 }, sources({})).passed).toBe(true);
});

test('env, labels, mounts, networks, restart policy and limits each tell their own', () => {
  const expected: ContainerExpectation = {
    env: { MODE: 'test', A: '1' },
    label: { tier: 'front' },
    mounts: [{ target: '/data', volume: 'db' }],
    networks: ['back'],
    restartPolicy: 'always',
    limits: { memory: '256m', cpus: 0.5, pids: 50 },
  };
  const mount = { type: 'volume', source: '/x', readOnly: false };
  const near = container({
    env: { MODE: 'live' },
    labels: { tier: 'back' },
    mounts: [{ ...mount, volume: 'db', target: '/srv' }],
    limits: { memoryBytes: 512 * 1024 ** 2, cpus: 0, pids: null },
  });
  // Nothing names it; one field that fits is what makes it the one that is meant.
  expect(misses({ ...expected, name: 'web' }, { containers: [near] })).toEqual([
    'env: MODE is live',
    'env: A is not set',
    'label: tier is back',
    'mounts: you mounted db at /srv',
    'networks: it is on bridge',
    'restartPolicy: its restart policy is no',
    'memory: you set 512m',
    'cpus: you set no limit',
    'pids: you set no limit',
  ]);
  const right = container({
    env: { MODE: 'test', A: '1', more: 'x' },
    labels: { tier: 'front' },
    mounts: [{ ...mount, volume: 'db', target: '/data' }],
    networks: ['bridge', 'back'],
    restartPolicy: 'always',
    limits: { memoryBytes: 256 * 1024 ** 2, cpus: 0.5, pids: 50 },
  });
  expect(judgeContainer(expected, sources({ containers: [right] })).passed).toBe(true);
});

test.each([
  [{ target: '/data', volume: 'db' }, 'wob is mounted at /data'],
  [{ target: '/srv' }, 'nothing is mounted at /srv'],
  [{ target: '/data', readOnly: true }, 'wob is mounted writable'],
])('a mount %j is missed in words', (mount, words) => {
  const mounted = container({
    mounts: [{ type: 'volume', volume: 'wob', source: '/x', target: '/data', readOnly: false }],
  });
  expect(misses({ name: 'web', mounts: [mount] }, { containers: [mounted] })).toEqual([`mounts: ${words}`]);
});

test('another machine that is not up is not judged', () => {
  expect(judgeContainer({ machine: 'node2', count: 0 }, sources({}))).toEqual({
    passed: false,
    near: false,
    facts: [],
    unseen: true,
  });
});
