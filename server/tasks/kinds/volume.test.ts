/** Near misses of volumes, in the learner's own names. */
import { expect, test } from 'vitest';
import type { VolumeExpectation } from '#server/lessons/expectation.ts';
import type { Container } from '#server/world/contract.ts';
import { container, sources, volume } from '../testing/worlds.ts';
import { judgeVolume } from './volume.ts';

const uses = (name: string, volume: string): Container =>
  container({ name, mounts: [{ type: 'volume', volume, source: '', target: '/data', readOnly: false }] });

const data = volume({ name: 'data', labels: { keep: 'yes' } });
const judge = (expect: Partial<VolumeExpectation>, containers: Container[] = [], volumes = [data]) =>
  judgeVolume({ name: 'data', ...expect }, sources({ volumes, containers }));
const missed = (...found: Parameters<typeof judge>) => {
  const verdict = judge(...found);
  const wrong = verdict.facts.filter(({ ok }) => !ok).map(({ field, words }) => [field, words?.en]);
  return { passed: verdict.passed, near: verdict.near, wrong };
};

test('a volume passes with all that is asked of it', () => {
  const wanted = { driver: 'local', usedBy: 'db', label: { keep: 'yes' } };
  expect(judge(wanted, [uses('db', 'data')])).toMatchObject({ passed: true, near: true });
});

test.each<[string, Parameters<typeof judge>, string, string | undefined]>([
  ['another driver', [{ driver: 'nfs' }], 'driver', 'its driver is local'],
  ['another label', [{ label: { keep: 'no' } }], 'label', 'keep is yes'],
  ['a label that is not set', [{ label: { tier: 'db' } }], 'label', 'tier is not set'],
  ['a user that is not there', [{ usedBy: 'db' }], 'usedBy', 'there is no container named db'],
  ['a user that uses another', [{ usedBy: 'db' }, [uses('db', 'logs')]], 'usedBy', 'no container uses it'],
  [
    'another user',
    [{ usedBy: 'db' }, [uses('db', 'logs'), uses('web', 'data')]],
    'usedBy',
    'it is used by web',
  ],
  ['a similar name', [{}, [], [volume({ name: 'date' })]], 'present', 'yours is named date'],
])('%s is told', (_what, found, field, words) => {
  expect(missed(...found)).toEqual({ passed: false, near: true, wrong: [[field, words]] });
});

test('no such volume is no miss yet', () => {
  expect(missed({}, [], [])).toEqual({ passed: false, near: false, wrong: [['present', undefined]] });
});

test('a volume that must be gone', () => {
  expect(judge({ present: false }, [], []).passed).toBe(true);
  expect(missed({ present: false })).toEqual({
    passed: false,
    near: false,
    wrong: [['present', 'data is still there']],
  });
});

test('a machine that is not up is not judged', () => {
  expect(judge({ machine: 'node2', present: false })).toMatchObject({ passed: false, unseen: true });
});
