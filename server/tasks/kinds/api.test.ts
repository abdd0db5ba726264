/** What the engine was asked is held against what should have been asked, by whom and because of what. */
import { expect, test } from 'vitest';
import type { ApiExpectation } from '#server/lessons/expectation.ts';
import type { ApiCall } from '#server/trace/contract.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { DEFINITION, openRoom } from '../testing/task-room.ts';
import { apiCall, sources } from '../testing/worlds.ts';
import { judgeApi } from './api.ts';

const CREATE: ApiExpectation = { method: 'POST', path: '/containers/create' };
const created = (parts: Parameters<typeof apiCall>[0] = {}) =>
  apiCall({ method: 'POST', path: '/containers/create', status: 201, typed: 'docker run nginx', ...parts });
const judged = (expected: ApiExpectation, ...calls: ApiCall[]) => judgeApi(expected, sources({ calls }));
const misses = (expected: ApiExpectation, ...calls: ApiCall[]) =>
  judged(expected, ...calls).facts.flatMap(({ ok, words }) => (ok ? [] : [words?.en]));

test('one such call is enough, whatever came before and after it', () => {
  const noise = [apiCall({ path: '/_ping', method: 'HEAD' }), apiCall({ path: '/containers/json' })];
  expect(judged(CREATE, ...noise, created(), ...noise)).toMatchObject({
    passed: true,
    facts: [{ ok: true }],
  });
});

test('without any call of the kind there is no miss either', () => {
  const expected = { ...CREATE, userAgent: 'Docker-Client' };
  expect(judged(expected)).toEqual({ passed: false, near: false, facts: [] });
  expect(judged(expected, apiCall({ path: '/containers/json' }))).toEqual({
    passed: false,
    near: false,
    facts: [],
  });
});

test.each([
  ['/containers/*/start', '/containers/web/start', true],
  ['/containers/*/start', '/containers/web/stop', false],
  ['/containers/*/start', '/containers//start', false],
  ['/containers/*', '/containers/web/start', false],
  ['/containers/**', '/containers/web/start', true],
  ['/containers/**', '/images/json', false],
  ['/images/*/json', '/images/docker/getting-started/json', false],
  ['/images/**', '/images/docker/getting-started/json', true],
])('%s fits %s: %s', (pattern, path, fits) => {
  expect(judged({ path: pattern }, apiCall({ path })).passed).toBe(fits);
});

test('a wrong method, answer or caller is told in words', () => {
  expect(misses(CREATE, created({ method: 'GET' }))).toEqual(['the call was GET /containers/create']);
  expect(misses({ ...CREATE, status: 201 }, created({ status: 409 }))).toEqual(['the engine answered 409']);
  expect(misses({ ...CREATE, status: 201 }, created({ status: null }))).toEqual([
    'the engine gave no answer',
  ]);
  expect(misses({ ...CREATE, userAgent: 'curl' }, created())).toEqual([
    'it was made by Docker-Client/26.1.5 (linux)',
  ]);
  expect(misses({ ...CREATE, userAgent: 'curl' }, created({ userAgent: '' }))).toEqual([
    'its caller gave no name',
  ]);
});

test('the command that caused it is compared word by word', () => {
  const fromRun = { ...CREATE, fromCommand: 'docker run' };
  expect(judged(fromRun, created({ typed: 'cd /tmp && docker run -d nginx' })).passed).toBe(true);
  expect(misses(fromRun, created({ typed: 'docker create nginx' }))).toEqual([
    'it came from “docker create nginx”',
  ]);
});

test('a call of a command that still runs is neither a pass nor a miss', () => {
  const running = created({ typed: null });
  expect(judged({ ...CREATE, fromCommand: 'docker run' }, running)).toMatchObject({
    passed: false,
    near: false,
  });
  expect(judged(CREATE, running).passed).toBe(true);
});

test('a call by the client that was asked for is a try, also on the wrong path', () => {
  const expected: ApiExpectation = { path: '/containers/json', userAgent: 'curl' };
  const wrong = apiCall({ path: `/containers/${'ab'.repeat(32)}/json`, userAgent: 'curl/8.14.1' });
  expect(misses(expected, apiCall({ path: '/version' }), wrong)).toEqual([
    'the call was GET /containers/abababababab/json',
  ]);
});

test('the closest of several is told, and of equals the newest', () => {
  const expected = { ...CREATE, fromCommand: 'docker run', status: 201 };
  expect(
    misses(expected, created({ status: 400 }), created({ typed: 'docker create x', status: 500 })),
  ).toEqual(['the engine answered 400']);
  expect(misses(expected, created({ status: 400 }), created({ status: 409 }))).toEqual([
    'the engine answered 409',
  ]);
});

test('calls are counted where that is asked', () => {
  const twice = { ...CREATE, count: 2 };
  expect(misses(twice, created())).toEqual(['so far: 1']);
  expect(judged(twice, created(), created()).passed).toBe(true);
  expect(misses(twice, created(), created(), created())).toEqual(['so far: 3']);
  expect(judged(twice)).toMatchObject({ passed: false, near: false });
  expect(judged({ ...CREATE, count: { max: 0 } }).passed).toBe(true);
  expect(misses({ ...CREATE, count: { max: 0 } }, created())).toEqual(['so far: 1']);
});

test('calls of another machine do not count', () => {
  expect(judged({ ...CREATE, machine: 'node2' }, created()).passed).toBe(false);
});

test('a task ticks when the engine tells of the call, after its command has ended', async () => {
  const [first] = DEFINITION.tasks;
  const asked = { ...first!, id: 'asked', expect: [{ api: { ...CREATE, fromCommand: 'docker run' } }] };
  const { types, calls, clock, told } = await openRoom(createFakeStore(), { ...DEFINITION, tasks: [asked] });
  types('docker run -d nginx');
  await clock.advance(1_000);
  expect(told).toEqual([]);
  calls(created());
  await clock.advance(20);
  expect(told).toMatchObject([{ id: 'asked', passed: true }]);
});
