/** What a container changed of its image's files. */
import { expect, test } from 'vitest';
import type { ContainerExpectation, DiffExpectation } from '#server/lessons/expectation.ts';
import type { DiffFinding } from '#server/world/probes/contract.ts';
import { container, finds, sources } from '../testing/worlds.ts';
import { diffProbes, judgeContainer } from './container.ts';

const web = container({ name: 'web' });
const CHANGES: DiffFinding = { added: ['/etc/note'], changed: ['/etc'], deleted: ['/etc/motd'] };
const judge = (diff: DiffExpectation, found: DiffFinding | null = CHANGES, attempted = true) =>
  judgeContainer({ name: 'web', diff }, sources({ containers: [web], found: finds(found), attempted }));

test('what was added, changed and deleted passes', () => {
  expect(judge({ added: '/etc/note', changed: '/etc', deleted: '/etc/motd' }).passed).toBe(true);
});

test.each<[DiffExpectation, string]>([
  [{ added: '/etc/other' }, 'docker diff does not list /etc/other'],
  [{ added: '/etc' }, '/etc is changed, not added'],
  [{ changed: '/etc/note' }, '/etc/note is added, not changed'],
  [{ deleted: '/etc/note' }, '/etc/note is added, not deleted'],
])('%j is missed in words', (diff, words) => {
  const verdict = judge(diff);
  expect(verdict).toMatchObject({ passed: false, near: true });
  expect(verdict.facts.filter(({ ok }) => !ok)).toMatchObject([{ field: 'diff', words: { en: words } }]);
});

test('before anybody did anything it is awaited, not missed', () => {
  expect(judge({ added: '/x' }, { added: [], changed: [], deleted: [] }, false).near).toBe(false);
});

test('a diff that could not be taken is not judged', () => {
  expect(judge({ added: '/x' }, null)).toMatchObject({ passed: false, unseen: true });
});

test('only containers that fit all else are asked', () => {
  const there = sources({ containers: [web, container({ name: 'db' })] });
  const probes = (expect: ContainerExpectation) =>
    diffProbes(expect, there.world).map(({ container }) => container);
  expect(probes({ name: 'web', diff: { added: '/x' } })).toEqual([web.id]);
  expect(probes({ name: 'web', running: false, diff: { added: '/x' } })).toEqual([]);
  expect(probes({ name: 'web' })).toEqual([]);
  const crowd = Array.from({ length: 50 }, (_, index) => container({ name: `web${index}` }));
  const many = sources({ containers: crowd, found: finds({ added: ['/x'], changed: [], deleted: [] }) });
  expect(diffProbes({ image: 'nginx', diff: { added: '/x' } }, many.world)).toHaveLength(5);
  expect(judgeContainer({ image: 'nginx', diff: { added: '/x' } }, many).passed).toBe(true);
  const other = judgeContainer({ name: 'api', diff: { added: '/x' } }, there);
  expect(other).toMatchObject({ passed: false, near: false, facts: [{ field: 'name' }] });
});
