/** Near misses of networks, in the learner's own names. */
import { expect, test } from 'vitest';
import type { NetworkExpectation } from '#server/lessons/expectation.ts';
import { container, network, sources } from '../testing/worlds.ts';
import { judgeNetwork } from './network.ts';

const back = network({ name: 'back', subnets: ['172.30.0.0/16'] });
const here = {
  networks: [network({ name: 'bridge' }), back],
  containers: [
    container({ name: 'db', networks: ['back'] }),
    container({ name: 'web', networks: ['bridge'] }),
    container({ name: 'lone', networks: [] }),
  ],
};
const judge = (expect: Partial<NetworkExpectation>, there = here) =>
  judgeNetwork({ name: 'back', ...expect }, sources(there));
const missed = (...found: Parameters<typeof judge>) => {
  const verdict = judge(...found);
  const wrong = verdict.facts.filter(({ ok }) => !ok).map(({ field, words }) => [field, words?.en]);
  return { passed: verdict.passed, near: verdict.near, wrong };
};

test('a network passes with all that is asked of it', () => {
  const wanted = { driver: 'bridge', internal: false, subnet: '172.30.0.0/16', containers: ['db'] };
  expect(judge(wanted)).toMatchObject({ passed: true, near: true });
});

test.each<[string, Partial<NetworkExpectation>, string, string]>([
  ['another driver', { driver: 'overlay' }, 'driver', 'its driver is bridge'],
  ['a way out', { internal: true }, 'internal', 'you made it without --internal'],
  ['another subnet', { subnet: '10.0.0.0/8' }, 'subnet', 'its subnet is 172.30.0.0/16'],
  ['a container elsewhere', { containers: ['db', 'web'] }, 'containers', 'web is on bridge'],
  ['a container on none', { containers: ['lone'] }, 'containers', 'lone is on no network'],
  ['no such container', { containers: ['api'] }, 'containers', 'there is no container named api'],
  ['a similar name', { name: 'bakc' }, 'present', 'yours is named back'],
])('%s is told', (_what, wanted, field, words) => {
  expect(missed(wanted)).toEqual({ passed: false, near: true, wrong: [[field, words]] });
});

test('that Docker made a network itself is no deed of the learner', () => {
  expect(missed({ name: 'bridge', containers: ['db'] }).near).toBe(false);
});

test('a network that must be gone', () => {
  expect(judge({ name: 'front', present: false }).passed).toBe(true);
  expect(missed({ present: false }).wrong).toEqual([['present', 'back is still there']]);
});

test('a machine that is not up is not judged', () => {
  expect(judge({ machine: 'node2' })).toMatchObject({ passed: false, unseen: true });
});
