import { expect, test } from 'vitest';
import type { Finding, Hint } from '../wire.ts';
import { dockerfileHelp } from './dockerfile.ts';

const check = (text: string) => dockerfileHelp.check(text, { isWhole: true });
const told = ({ code, span, values }: Finding) => [code, span.start.line, span.start.character, values.text];
const hints = async (text: string) => {
  const lines = text.split('\n');
  return dockerfileHelp.hints(text, { line: lines.length - 1, character: lines.at(-1)!.length });
};
const labels = (list: Hint[]) => list.map(({ label }) => label);

test('a mistake is told where it stands, with what is written there', () => {
  const { findings } = check('FROM nginx\r\nEXPOSE abc\r\nCPOY . /app\r\n');
  expect(findings.map(told)).toEqual([
    ['INVALID_PORT', 1, 7, 'abc'],
    ['UNKNOWN_INSTRUCTION', 2, 0, 'CPOY'],
  ]);
  expect(findings[1]!.near).toBe('COPY');
});

test('a misspelt FROM is told once', () => {
  const { findings } = check('FORM nginx\n');
  expect(findings.map(told)).toEqual([['UNKNOWN_INSTRUCTION', 0, 0, 'FORM']]);
  expect(check('RUN true\n').findings.map(told)).toEqual([['NO_SOURCE_IMAGE', 0, 0, 'RUN']]);
});

test('images are those that are pulled: no stages, no scratch, no variables', () => {
  const { images } = check(
    'ARG base\nFROM python:3.11 AS build\nFROM build AS test\nFROM $base\nFROM scratch\nFROM --platform=linux/amd64 nginx\n',
  );
  expect(images.map(({ name, span }) => [name, span.start])).toEqual([
    ['python:3.11', { line: 1, character: 5 }],
    ['nginx', { line: 5, character: 28 }],
  ]);
});

test('instructions are offered by their first letters', async () => {
  const found = await hints('FROM nginx\nEX');
  expect(labels(found.hints)).toEqual(['EXPOSE port']);
  expect(found.hints[0]).toMatchObject({
    insert: 'EXPOSE ${1:port}',
    isSnippet: true,
    topic: 'EXPOSE',
    span: { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } },
  });
  expect(labels((await hints('')).hints)).toEqual(['FROM baseImage']);
});

test('after FROM stands an image, or an earlier stage', async () => {
  const found = await hints('FROM golang AS build\nFROM ngi');
  expect(found.image).toEqual({
    typed: 'ngi',
    span: { start: { line: 1, character: 5 }, end: { line: 1, character: 8 } },
  });
  expect(labels(found.hints)).toEqual(['build']);
  expect((await hints('FROM ')).image?.typed).toBe('');
  expect((await hints('FROM nginx:1')).image?.typed).toBe('nginx:1');
  expect((await hints('FROM nginx AS x')).image).toBeNull();
  expect((await hints('FROM --plat')).image).toBeNull();
});

test('Docker Hub is asked for nothing, whatever is written', async () => {
  const before = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new Error('asked'));
  try {
    expect((await hints('FROM nginx:')).hints).toEqual([]);
  } finally {
    globalThis.fetch = before;
  }
});

test('instructions and flags are explained by topic, variables by their value', () => {
  const text = 'FROM nginx AS a\nARG port=80\nCOPY --from=a x y\nEXPOSE $port\n';
  const topic = (line: number, character: number) => dockerfileHelp.explain(text, { line, character });
  expect(topic(0, 1)?.topic).toBe('FROM');
  expect(topic(2, 8)?.topic).toBe('COPY_FlagFrom');
  expect(topic(3, 9)).toMatchObject({ topic: null, text: '80' });
  expect(topic(0, 7)).toBeNull();
});

test('it tells what an instruction takes, and which part one is at', () => {
  const found = dockerfileHelp.signatures('FROM nginx\nHEALTHCHECK ', { line: 1, character: 12 });
  expect(found!.labels.length).toBeGreaterThan(1);
  expect(found!.labels[0]!.label).toContain('HEALTHCHECK');
  expect(dockerfileHelp.signatures('', { line: 0, character: 0 })).toBeNull();
});

test('lines that go on are indented, and nothing else is changed', () => {
  const edits = dockerfileHelp.format('FROM nginx\nRUN a && \\\nb\n', { tabSize: 2, insertSpaces: true });
  expect(edits).toEqual([
    { span: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: '  ' },
  ]);
});
