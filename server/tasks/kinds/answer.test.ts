/** Answers are taken as people write them, and never given away. */
import { expect, test } from 'vitest';
import type { AnswerExpectation } from '#server/lessons/expectation.ts';
import { container, image, sources } from '../testing/worlds.ts';
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
