/** Near misses of registries and of what they hold. */
import { expect, test } from 'vitest';
import type { RegistryExpectation } from '#server/lessons/expectation.ts';
import type { HttpFinding } from '#server/world/probes/contract.ts';
import { finds, sources } from '../testing/worlds.ts';
import { judgeRegistry, registryProbe } from './registry.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const answers = (status: number, headers: Record<string, string> = {}): HttpFinding => ({
  type: 'answer',
  status,
  headers: { 'docker-distribution-api-version': 'registry/2.0', ...headers },
  text: '{}',
});
const HELD = answers(200, { 'docker-content-digest': DIGEST });
const WEB = { repository: 'team/web', tag: 'v1' };
const auth = { user: 'ann', password: 'secret' };

const judge = (expect: Partial<RegistryExpectation>, found: HttpFinding | null, attempted = true) =>
  judgeRegistry({ port: 5000, ...expect }, sources({ found: finds(found), attempted }));
const wrong = (...found: Parameters<typeof judge>) =>
  judge(...found)
    .facts.filter(({ ok }) => !ok)
    .map(({ field, words }) => [field, words?.en]);

test('a registry passes by itself, with what it holds, and by whom it lets in', () => {
  expect(judge({}, answers(200)).passed).toBe(true);
  expect(judge({ ...WEB, digest: DIGEST, auth }, HELD)).toMatchObject({ passed: true, near: true });
  expect(judge({ ...WEB, present: false }, answers(404)).passed).toBe(true);
});

test.each<[Partial<RegistryExpectation>, HttpFinding, string, string]>([
  [WEB, answers(404), 'present', 'the registry does not have team/web:v1'],
  [{ repository: 'web' }, answers(404), 'present', 'the registry does not have web:latest'],
  [{ ...WEB, present: false }, HELD, 'present', 'the registry still has team/web:v1'],
  [{ ...WEB, digest: `sha256:${'b'.repeat(64)}` }, HELD, 'digest', `its digest is ${DIGEST}`],
  [WEB, answers(401), 'auth', 'the registry asks for a login'],
  [{ ...WEB, auth }, answers(401), 'auth', 'the registry does not let ann in'],
  [{}, answers(500), 'port', 'what answers on port 5000 is no registry that works (500)'],
  [{}, { type: 'silent' }, 'port', 'something listens on port 5000, but gives no answer in HTTP'],
])('%j is missed in words', (expected, found, field, words) => {
  const near = found.type === 'answer';
  expect(judge(expected, found)).toMatchObject({ passed: false, near });
  expect(wrong(expected, found)).toEqual([[field, words]]);
});

test('a web server that is no registry passes for nothing, not even for what must be gone', () => {
  const page: HttpFinding = { type: 'answer', status: 404, headers: {}, text: '' };
  expect(judge({ ...WEB, present: false }, page).passed).toBe(false);
  expect(wrong({}, page)).toEqual([['port', 'what answers on port 5000 is no registry that works (404)']]);
});

test('nobody there, or nobody who could look', () => {
  expect(judge(WEB, { type: 'refused' })).toMatchObject({ passed: false, near: false });
  expect(judge(WEB, HELD, false)).toMatchObject({ passed: true, near: false });
  expect(judge({ ...WEB, present: false }, null)).toMatchObject({ passed: false, unseen: true });
});

test('it asks for the manifest in the form in which it was pushed, with the login', () => {
  const probe = registryProbe({ port: 5000, ...WEB, auth });
  expect(probe).toMatchObject({ kind: 'http', port: 5000, path: '/v2/team/web/manifests/v1' });
  expect(probe.headers['accept']).toContain('application/vnd.docker.distribution.manifest.v2+json');
  expect(probe.headers['authorization']).toBe('Basic YW5uOnNlY3JldA==');
  expect(registryProbe({ port: 5000 }).path).toBe('/v2/');
});
