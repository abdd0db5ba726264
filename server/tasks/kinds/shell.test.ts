/** A script of the author has the word, and what it prints stays between the two. */
import { expect, test } from 'vitest';
import type { ShellExpectation } from '#server/lessons/expectation.ts';
import type { ShellFinding } from '#server/world/probes/contract.ts';
import { finds, sources } from '../testing/worlds.ts';
import { judgeShell } from './shell.ts';

const says = { en: 'the log still grows', zh: '日志还在增长' };
const judge = (expect: Partial<ShellExpectation>, found: ShellFinding | null, attempted = true) =>
  judgeShell({ script: 'check', says, ...expect }, sources({ found: finds(found), attempted }));

test.each<[Partial<ShellExpectation>, ShellFinding, boolean]>([
  [{}, { exitCode: 0, stdout: '' }, true],
  [{}, { exitCode: 1, stdout: '' }, false],
  [{ exitCode: 3 }, { exitCode: 3, stdout: '' }, true],
  [{ prints: 'ok' }, { exitCode: 0, stdout: 'all ok\n' }, true],
  [{ prints: 'ok' }, { exitCode: 0, stdout: 'no' }, false],
  [{ prints: 'ok' }, { exitCode: 1, stdout: 'ok' }, false],
])('%j of %j: %s', (expected, found, passed) => {
  expect(judge(expected, found).passed).toBe(passed);
});

test('a miss is told in the author’s words, and shows nothing of what was printed', () => {
  const verdict = judge({ prints: 'ok' }, { exitCode: 0, stdout: 'the secret' });
  expect(verdict).toMatchObject({ passed: false, near: true, facts: [{ field: 'script', words: says }] });
  expect(JSON.stringify(verdict)).not.toContain('the secret');
});

test('before anybody did anything it is no miss, and unseen it is nothing at all', () => {
  expect(judge({}, { exitCode: 1, stdout: '' }, false).near).toBe(false);
  expect(judge({}, null)).toMatchObject({ passed: false, unseen: true });
});
