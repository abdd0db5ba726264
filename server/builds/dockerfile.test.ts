import { expect, test } from 'vitest';
import { parseDockerfile, stageNamed } from './dockerfile.ts';

/** `keyword first-last` of each. */
const lines = (text: string) => {
  const { before, stages } = parseDockerfile(text);
  return [...before, ...stages.flatMap(({ instructions }) => instructions)].map(
    ({ keyword, firstLine, lastLine }) => `${keyword} ${firstLine}-${lastLine}`,
  );
};

test('stages with their names and bases', () => {
  const { before, stages } = parseDockerfile(
    'ARG V=12\nFROM --platform=linux/amd64 debian:$V AS Build\nRUN make\nfrom build\nFROM scratch as last\n',
  );
  expect(before.map(({ text }) => text)).toEqual(['ARG V=12']);
  expect(stages.map(({ name, base }) => [name, base])).toEqual([
    ['build', 'debian:$V'],
    [null, 'build'],
    ['last', 'scratch'],
  ]);
  expect(stageNamed(stages, 'BUILD')).toBe(0);
  expect(stageNamed(stages, 'debian')).toBeNull();
});

test('an instruction goes on over marked lines, with comments and empty lines between', () => {
  const text =
    '# syntax=docker/dockerfile:1\n\nFROM debian\nRUN a && \\  \n  # why\n\n  b \\\n  c\r\nCMD ["x"]';
  expect(lines(text)).toEqual(['FROM 3-3', 'RUN 4-8', 'CMD 9-9']);
  expect(parseDockerfile(text).stages[0]!.instructions[1]!.argument.split(/\s+/)).toEqual([
    'a',
    '&&',
    'b',
    'c',
  ]);
});

test('the mark is another one where a directive says so', () => {
  expect(lines('# escape=`\nFROM debian\nRUN a `\n b\nCOPY c:\\ d\\\nCMD x')).toEqual([
    'FROM 2-2',
    'RUN 3-4',
    'COPY 5-5',
    'CMD 6-6',
  ]);
});

test('here-documents belong to their instruction, and what merely looks like one does not', () => {
  const text = [
    'FROM debian',
    'RUN <<ONE cat && <<-"TWO" cat',
    'FROM nothing',
    'ONE',
    '\tTWO',
    'COPY <<EOF /a',
    'RUN no',
    'EOF',
    'RUN echo $((1<<X))',
    'ENV A=<<EOF',
    'RUN <<END',
    'never closed',
  ].join('\n');
  expect(lines(text)).toEqual(['FROM 1-1', 'RUN 2-5', 'COPY 6-8', 'RUN 9-9', 'ENV 10-10', 'RUN 11-12']);
});

test('what is no Dockerfile has no stages', () => {
  expect(parseDockerfile('')).toEqual({ before: [], stages: [] });
  expect(parseDockerfile('hello\nRUN make').stages).toEqual([]);
});

test('of a hostile one only so many instructions are read', () => {
  expect(lines('RUN x\n'.repeat(5000))).toHaveLength(300);
});
