/** Answers are taken as people write them, and never given away. */
import { expect, test } from 'vitest';
import type { AnswerExpectation } from '#server/lessons/expectation.ts';
import { container, finds, image, sources } from '../testing/worlds.ts';
import { judgeAnswer, rightAnswer } from './answer.ts';

const two = {
  containers: [container({ name: 'a' }), container({ name: 'b' }), container({ name: 'c', image: 'redis' })],
};
const CHOICE: AnswerExpectation = {
  choice: [
    { text: { en: 'client', zh: '客户端' }, why: { en: 'it only asks', zh: '它只提问' } },
    { text: { en: 'daemon', zh: '守护进程' }, right: true },
  ],
};
const HOW_MANY: AnswerExpectation = { number: { containers: { image: 'nginx' } } };
const answered = (expected: AnswerExpectation, answer: string, parts = {}) =>
  judgeAnswer(expected, sources({ ...parts, answer }));
const words = (expected: AnswerExpectation, answer: string, parts = {}) =>
  answered(expected, answer, parts).facts[0]?.words?.en;

test('before an answer there is nothing to say', () => {
  expect(judgeAnswer(HOW_MANY, sources(two))).toEqual({ passed: false, near: false, facts: [] });
});

test('a choice is given by its number, and a wrong one says what speaks against it', () => {
  expect(answered(CHOICE, '1').passed).toBe(true);
  expect(words(CHOICE, '0')).toBe('it only asks');
  expect(answered(CHOICE, '7').passed).toBe(false);
  expect(answered(CHOICE, 'daemon').passed).toBe(false);
});

test.each(['2', ' 2 ', '２', '+2', '2.0'])('the number %j is right', (given) => {
  expect(answered(HOW_MANY, given, two).passed).toBe(true);
});

test('a wrong number says in which direction, not how far', () => {
  expect(words(HOW_MANY, '1', two)).toBe('1 is too few');
  expect(words(HOW_MANY, '9', two)).toBe('9 is too many');
  expect(words(HOW_MANY, 'two', two)).toBe('write a number');
  expect(JSON.stringify(answered(HOW_MANY, '9', two).facts)).not.toContain('"2"');
});

test('layers of an image can be asked for', () => {
  const images = [image({ tags: ['nginx:latest'], layers: ['sha256:a', 'sha256:b', 'sha256:c'] })];
  expect(answered({ number: { layers: 'nginx' } }, '3', { images }).passed).toBe(true);
  expect(words({ number: { layers: 'redis' } }, '3', { images })).toContain('do the step first');
});

test('a text is compared without capitals, quotes and doubled blanks', () => {
  const expected: AnswerExpectation = { text: ['copy on write', '写时复制'] };
  for (const given of ['Copy  on Write', '"copy on write"', '“写时复制”。', 'COPY ON WRITE.'])
    expect(answered(expected, given).passed, given).toBe(true);
  expect(words(expected, 'copy')).toBe('“copy” is not it');
});

test('names and ids come from the learner’s own machine', () => {
  const parts = { containers: [container({ name: 'quirky_bohr', id: 'ab12cd34'.padEnd(64, '0') })] };
  expect(answered({ text: { containerName: { image: 'nginx' } } }, 'quirky_bohr', parts).passed).toBe(true);
  const byId: AnswerExpectation = { text: { containerId: 'quirky_bohr' } };
  expect(answered(byId, 'AB12', parts).passed).toBe(true);
  expect(answered(byId, 'ab12cd340000', parts).passed).toBe(true);
  expect(answered(byId, 'ab1', parts).passed).toBe(false);
  expect(answered(byId, 'ab13', parts).passed).toBe(false);
  expect(
    answered({ text: { imageId: 'nginx' } }, '6e67', { images: [image({ tags: ['nginx:latest'] })] }).passed,
  ).toBe(true);
});

test('the right answer can be shown in both languages', () => {
  expect(rightAnswer(CHOICE, sources({}))).toEqual({ en: 'daemon', zh: '守护进程' });
  expect(rightAnswer(HOW_MANY, sources(two))).toEqual({ en: '2', zh: '2' });
  expect(rightAnswer({ text: { containerName: {} } }, sources({}))).toBeNull();
});

const DIGEST = 'ab12'.repeat(16);
const computed = {
  containers: [
    container({ name: 'web', addresses: ['172.17.0.2', '10.0.0.9'] }),
    container({ name: 'off', addresses: [] }),
  ],
  images: [
    image({ tags: ['nginx:latest'], digests: [`nginx@sha256:${DIGEST}`] }),
    image({ tags: ['mine:latest'] }),
  ],
};

test.each<[AnswerExpectation, string, boolean]>([
  [{ text: { containerIp: 'web' } }, '172.17.0.2', true],
  [{ text: { containerIp: 'web' } }, ' 10.0.0.9 ', true],
  [{ text: { containerIp: 'web' } }, '172.17.0.3', false],
  [{ text: { containerIp: 'web' } }, '172.17', false],
  [{ text: { imageDigest: 'nginx' } }, 'ab12', true],
  [{ text: { imageDigest: 'nginx' } }, `sha256:${DIGEST}`, true],
  [{ text: { imageDigest: 'nginx' } }, `nginx@sha256:${DIGEST}`, true],
  [{ text: { imageDigest: 'nginx' } }, 'ab1', false],
  [{ text: { imageDigest: 'nginx' } }, 'ab13', false],
])('%j is answered by %j: %s', (expected, given, right) => {
  expect(answered(expected, given, computed).passed).toBe(right);
});

test.each<AnswerExpectation>([
  { text: { containerIp: 'off' } },
  { text: { containerIp: 'none' } },
  { text: { imageDigest: 'mine' } },
])('%j has no right answer yet', (expected) => {
  expect(answered(expected, 'x', computed).passed).toBe(false);
  expect(words(expected, 'x', computed)).toMatch(/^there is nothing on your machine/);
});

const SHELL: AnswerExpectation = { text: { shell: 'hostname' } };
const COUNT: AnswerExpectation = { number: { shell: 'nproc' } };

test('a script’s output is an answer like any other', () => {
  const prints = (stdout: string) => ({ found: finds({ exitCode: 1, stdout }) });
  expect(answered(SHELL, ' Node1 ', prints('node1\n')).passed).toBe(true);
  expect(words(SHELL, 'node2', prints('node1\n'))).toBe('“node2” is not it');
  expect(words(SHELL, 'x', prints('\n'))).toMatch(/^there is nothing on your machine/);
  expect(answered(COUNT, '2', prints('2\n')).passed).toBe(true);
  expect(words(COUNT, '1', prints('2\n'))).toBe('1 is too small');
  expect(words(COUNT, '1', prints('two'))).toMatch(/^there is nothing on your machine/);
  expect(rightAnswer(SHELL, sources(prints('node1\n')))?.en).toBe('node1');
});

test('a machine that does not answer is said to be away, and the answer is not called wrong', () => {
  expect(words(SHELL, 'node1')).toMatch(/^your machine does not answer just now/);
  expect(words(COUNT, '2')).toMatch(/^your machine does not answer just now/);
});
