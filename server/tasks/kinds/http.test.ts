/** Near misses of web pages. */
import { expect, test } from 'vitest';
import type { HttpExpectation } from '#server/lessons/expectation.ts';
import type { HttpFinding } from '#server/world/probes/contract.ts';
import { finds, sources } from '../testing/worlds.ts';
import { judgeHttp } from './http.ts';

const PAGE: HttpFinding = {
  type: 'answer',
  status: 200,
  headers: { server: 'nginx/1.26' },
  text: '<h1>hello</h1>',
};
const judge = (expect: Partial<HttpExpectation>, found: HttpFinding | null = PAGE, attempted = true) =>
  judgeHttp({ port: 8080, ...expect }, sources({ found: finds(found), attempted }));
const wrong = (...found: Parameters<typeof judge>) =>
  judge(...found)
    .facts.filter(({ ok }) => !ok)
    .map(({ field, words }) => [field, words?.en]);

test('a page passes with all that is asked of it', () => {
  const all = { path: '/', status: 200, contains: 'hello', header: { Server: 'nginx' } };
  expect(judge(all)).toMatchObject({ passed: true, near: true });
  expect(judge({ status: 404 }, { ...PAGE, status: 404 }).passed).toBe(true);
});

test.each<[Partial<HttpExpectation>, HttpFinding, string, string]>([
  [{}, { ...PAGE, status: 404 }, 'status', 'the page / answers 404, expected 200'],
  [{ status: 301, path: '/old' }, PAGE, 'status', 'the page /old answers 200, expected 301'],
  [{ contains: 'bye' }, PAGE, 'contains', 'the page / answers, but does not contain “bye”'],
  [{ header: { Server: 'httpd' } }, PAGE, 'header', 'Server is nginx/1.26'],
  [{ header: { 'X-Cache': 'HIT' } }, PAGE, 'header', 'the answer has no header X-Cache'],
  [{ header: { constructor: 'x' } }, PAGE, 'header', 'the answer has no header constructor'],
  [{}, { type: 'silent' }, 'port', 'something listens on port 8080, but gives no answer in HTTP'],
])('%j is missed in words', (expected, found, field, words) => {
  expect(judge(expected, found)).toMatchObject({ passed: false, near: true });
  expect(wrong(expected, found)).toEqual([[field, words]]);
});

test('a port on which nobody listens is no miss yet', () => {
  expect(judge({}, { type: 'refused' })).toMatchObject({ passed: false, near: false });
  expect(wrong({}, { type: 'refused' })).toEqual([['port', 'nothing listens on port 8080 yet']]);
});

test('what answered wrongly before anybody did anything is no miss either', () => {
  expect(judge({ contains: 'bye' }, PAGE, false).near).toBe(false);
});

test('what could not be looked at is not judged', () => {
  expect(judge({}, null)).toMatchObject({ passed: false, unseen: true });
});
