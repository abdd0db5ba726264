import { ValidationCode } from 'dockerfile-utils';
import { MarkdownDocumentation } from 'dockerfile-language-service/lib/dockerMarkdown.js';
import { expect, test } from 'vitest';
import { enHelp } from '#app/_lib/i18n/en-help.ts';
import { enTopics } from '#app/_lib/i18n/en-topics.ts';
import { zhDockerfile } from '#app/_lib/i18n/zh-checkers.ts';
import { zhHelp } from '#app/_lib/i18n/zh-help.ts';
import { zhTopics } from '#app/_lib/i18n/zh-topics.ts';
import { sayFinding, sayImage, sayTopic, sayTypes } from './say.ts';
import type { Finding } from './wire.ts';
import { speechOf } from './words.ts';

const [en, zh] = [speechOf('en'), speechOf('zh')];
const SPAN = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const finding = (rest: Partial<Finding>): Finding => ({
  span: SPAN,
  severity: 'error',
  code: '',
  values: {},
  english: null,
  near: null,
  ...rest,
});
const held = (repository: string, ...tags: string[]) => ({ repository, tags, description: '', sizeBytes: 1 });

test('every code of the validator has Chinese words, and no words are for a code that it has not', () => {
  const codes = Object.values(ValidationCode).filter((code) => typeof code === 'number');
  const names = [...new Set(codes.map((code) => ValidationCode[code]!))];
  expect(names.filter((name) => !zhDockerfile[name])).toEqual([]);
  expect(Object.keys(zhDockerfile).filter((name) => !names.includes(name))).toEqual([]);
});

test('every instruction and flag that the library explains has words of ours', () => {
  const { markdowns } = new MarkdownDocumentation() as unknown as { markdowns: object };
  expect(Object.keys(markdowns).filter((name) => sayTopic(name, en) === null)).toEqual([]);
});

test('sentences have the same blanks in both languages', () => {
  const sentences = (tree: object): string[] =>
    Object.values(tree).flatMap((value: unknown) =>
      typeof value === 'string' ? [value] : sentences(value as object),
    );
  const blanks = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)]
      .map((match) => match[1])
      .toSorted()
      .join();
  expect(sentences(zhHelp).map(blanks)).toEqual(sentences(enHelp).map(blanks));
  expect(sentences(zhTopics).every((text) => text !== '')).toBe(true);
  expect(Object.keys(zhTopics)).toEqual(Object.keys(enTopics));
});

test('in English the builder’s own words are shown, in Chinese ours', () => {
  const unknown = finding({
    code: 'UNKNOWN_INSTRUCTION',
    english: 'Unknown instruction: FORM',
    values: { text: 'FORM' },
    near: 'FROM',
  });
  expect(sayFinding(unknown, en)).toBe('Unknown instruction: FORM. Did you mean FROM?');
  expect(sayFinding(unknown, zh)).toBe('没有 FORM 这条指令。是不是想写 FROM？');
});

test('a code without words falls back to English', () => {
  expect(sayFinding(finding({ code: 'NEW', english: 'Something {new}' }), zh)).toBe('Something {new}');
});

test('what a file says is put in as it is, and fills no blank', () => {
  const one = finding({ code: 'unknown-key', values: { key: '{near}' }, near: 'x' });
  expect(sayFinding(one, en)).toBe('Compose knows no {near} here. Did you mean x?');
});

test('kinds of values are told in words, each once', () => {
  expect(sayTypes(['number', 'integer', 'string'], en.words)).toBe('a number or a text');
  expect(sayFinding(finding({ code: 'wrong-type', values: { key: 'ports', types: 'array' } }), en)).toBe(
    'ports must be a list (- item).',
  );
  expect(sayFinding(finding({ code: 'wrong-type', values: { key: '', types: 'string' } }), zh)).toBe(
    '这里应当是文本。',
  );
});

test('an image that is not held comes with what is: the one that was meant, the first ones, or other tags', () => {
  const list = [held('busybox', 'latest'), held('nginx', '1.22', 'latest'), held('debian', '12')];
  expect(sayImage({ repository: 'ngnix', tag: 'latest' }, list, en)).toBe(
    'ngnix is not in the catalog. Did you mean nginx?',
  );
  expect(sayImage({ repository: 'alpine', tag: '3' }, list, en)).toBe(
    'alpine is not in the catalog. The catalog has busybox, nginx, debian and more.',
  );
  expect(sayImage({ repository: 'nginx', tag: '9' }, list, zh)).toBe(
    '目录里的 nginx 有这些标签：1.22、latest。',
  );
});
