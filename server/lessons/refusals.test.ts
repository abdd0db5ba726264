/** Each kind of author error is refused with file, line and the way out. */
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { loadLessons } from './load.ts';
import { LessonError } from './problem.ts';
import { chinese, ENGLISH, LESSON, writeContent } from './testing/content.ts';

const at = (file: string) => `basics/01-first/${file}`;

async function problemsOf(change: Record<string, string | null>): Promise<string[]> {
  await using content = await writeContent(change);
  const refused = await loadLessons(content.directory).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LessonError);
  return (refused as LessonError).problems.map(
    ({ file, line, message }) => `${relative(relative('', content.directory), file)}:${line} ${message}`,
  );
}

const yaml = (from: string, to: string) => ({ [at('lesson.yaml')]: replaced(LESSON, from, to) });
const text = (from: string, to: string) => {
  const english = replaced(ENGLISH, from, to);
  return { [at('lesson.en.md')]: english, [at('lesson.zh.md')]: chinese(english, english) };
};

function replaced(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`invariant: nothing says ${from}`);
  return source.replace(from, to);
}

test.each<[string, Record<string, string | null>, string]>([
  [
    'a misspelt field',
    yaml('running: true', 'runing: true'),
    'lesson.yaml:13 steps.0.tasks.0.expect.0.container.runing: is not a field here',
  ],
  [
    'a kind that does not exist',
    yaml('container:', 'containers:'),
    'lesson.yaml:13 steps.0.tasks.0.expect.0: is not an expectation that we know; write exactly one of: container, image, volume, network, file,',
  ],
  ['a missing field', yaml('minutes: 5\n', ''), 'lesson.yaml:1 minutes: is missing; it must be'],
  ['a wrong type', yaml('minutes: 5', 'minutes: soon'), 'lesson.yaml:3 minutes: must be a'],
  [
    'a text in one language only',
    yaml('{ en: Run it, zh: 运行 }', '{ en: Run it }'),
    'lesson.yaml:11 steps.0.tasks.0.title.zh: is missing; it must be a string',
  ],
  [
    'an empty text',
    yaml('zh: 运行 }', "zh: '' }"),
    'lesson.yaml:11 steps.0.tasks.0.title: write both languages',
  ],
  ['YAML that is none', yaml('minutes: 5', 'minutes: ]5'), 'lesson.yaml:3 is not YAML'],
  [
    'a key twice',
    yaml('minutes: 5', 'minutes: 5\nminutes: 6'),
    'lesson.yaml:4 is not YAML: Map keys must be unique',
  ],
  ['a task twice', yaml('id: how-many', 'id: web'), 'lesson.yaml:18 task `web` is there twice'],
  [
    'a question among other expectations',
    yaml('- answer: { number: 1 }', '- answer: { number: 1 }\n          - container: {}'),
    'lesson.yaml:20 a question stands alone',
  ],
  [
    'a terminal on a machine that is not there',
    { [at('lesson.yaml')]: `${LESSON}layout: { terminals: [node2] }\n` },
    'lesson.yaml:22 node2 is no machine here',
  ],
  [
    'a lesson before that does not exist',
    { [at('lesson.yaml')]: `${LESSON}after: [basics/zero]\n` },
    'lesson.yaml:22 after: there is no lesson `basics/zero`',
  ],
  [
    'a step without text',
    text('## Count {#count}', '### Count'),
    'lesson.en.md:1 step `count` is missing; add ## Title {#count}',
  ],
  [
    'a step that is not in the truth',
    text('{#count}', '{#amount}'),
    'lesson.en.md:11 step `amount` is not in lesson.yaml',
  ],
  [
    'a heading without an id',
    text(' {#count}', ''),
    'lesson.en.md:11 a step begins with ## Title {#step-id}',
  ],
  [
    'a task that is nowhere',
    text('::task{id=web}\n', ''),
    'lesson.en.md:1 task `web` is nowhere; place ::task{id=web} in step `run`',
  ],
  [
    'a task in two places',
    text('::task{id=web}\n', '::task{id=web}\n\n::task{id=web}\n'),
    'lesson.en.md:11 task `web` is placed twice',
  ],
  [
    'a task in another step',
    text('::task{id=web}\n\n## Count {#count}\n', '## Count {#count}\n\n::task{id=web}\n'),
    'lesson.en.md:11 task `web` belongs to step `run`',
  ],
  [
    'a task that does not exist',
    text('::task{id=web}', '::task{id=wob}'),
    'lesson.en.md:9 task `wob` is not in lesson.yaml',
  ],
  [
    'a question placed as a task',
    text('::quiz{id=how-many}', '::task{id=how-many}'),
    'lesson.en.md:15 write ::quiz{id=how-many}',
  ],
  [
    'a figure that nobody drew',
    text('How many?', '::diagram{name=whales}'),
    'lesson.en.md:13 diagram `whales` is not known; write ::diagram{name=…} with one of: architecture,',
  ],
  [
    'a figure without a name',
    text('How many?', '::diagram{layers}'),
    'lesson.en.md:13 write ::diagram{name=…} with one of: architecture,',
  ],
  [
    'a port that is none',
    text('How many?', '::port{port=70000}'),
    'lesson.en.md:13 write ::port{port=8080}, with machine=node2 and path=/docs',
  ],
  [
    'a port without its number',
    text('How many?', '::port{path=/}'),
    'lesson.en.md:13 write ::port{port=8080}',
  ],
  [
    'a port that leads to another host',
    text('How many?', '::port{port=80 path="//evil.test"}'),
    'lesson.en.md:13 write ::port{port=8080}',
  ],
  [
    'a port of a machine that the lesson does not have',
    text('How many?', '::port{port=80 machine=node2}'),
    'lesson.en.md:11 step `count` uses node2, which lesson.yaml does not have',
  ],
  [
    'bold that does not close',
    text('How many?', '**先想一想：有几个？**再回答。'),
    'lesson.en.md:13 `**` does not become bold here',
  ],
  ['raw HTML', text('How many?', '<img src=x onerror=alert(1)>'), 'lesson.en.md:13 raw HTML is not taken'],
  [
    'raw HTML inside a sentence',
    text('How many?', 'How <b>many</b>?'),
    'lesson.en.md:13 raw HTML is not taken',
  ],
  [
    'a link that runs something',
    text('How many?', '[x](javascript:alert(1))'),
    'lesson.en.md:13 a link must begin with https://',
  ],
  ['a picture', text('How many?', '![x](https://example.org/x.png)'), 'lesson.en.md:13 image has no place'],
  [
    'an unknown directive',
    text('How many?', '::video{id=1}'),
    'lesson.en.md:13 ::video is not known; use one of: ::task',
  ],
  ['an unknown aside', text('How many?', ':::danger\nno\n:::'), 'lesson.en.md:13 :::danger is not known'],
  [
    'a code language that is not there',
    text('How many?', '```perl\nx\n```'),
    'lesson.en.md:13 `perl` is not a language here',
  ],
  ['words after a code language', text('```sh run', '```sh now'), 'lesson.en.md:5 `now` says nothing'],
  [
    'text before the first step',
    text('## Run {#run}', 'Hello.\n\n## Run {#run}'),
    'lesson.en.md:1 stands before the first step',
  ],
  [
    'an English text that has changed',
    { [at('lesson.en.md')]: replaced(ENGLISH, 'How many?', 'How many now?') },
    'lesson.zh.md:1 the English text has changed since; bring it in line, then write `english: ',
  ],
  [
    'a Chinese text that follows nothing',
    { [at('lesson.zh.md')]: ENGLISH },
    'lesson.zh.md:1 does not say which English text it follows',
  ],
  [
    'other commands in Chinese',
    { [at('lesson.zh.md')]: chinese(replaced(ENGLISH, '--name web', '--name wob')) },
    'lesson.zh.md:4 step `run` does not run the same commands',
  ],
  [
    'a language that is missing',
    { [at('lesson.zh.md')]: null },
    'lesson.zh.md:1 is missing; it holds the text of the lesson',
  ],
  [
    'a proof that is missing',
    { [at('proof/run.sh')]: null },
    'proof/run.sh:1 is missing; it holds the commands that solve the step',
  ],
  ['a proof of nothing', { [at('proof/ran.sh')]: 'ls\n' }, 'proof/ran.sh:1 belongs to no step'],
  [
    'a proof with an endless here-document',
    { [at('proof/run.sh')]: 'cat <<EOF\nx\n' },
    'proof/run.sh:1 the here-document does not end',
  ],
  [
    'an answer to a task that is not there',
    { [at('proof/count.sh')]: '# give many: 1\n' },
    'proof/count.sh:1 `many` is no task here',
  ],
  [
    'a proof on a machine that is not there',
    { [at('proof/run.sh')]: '# on node2\nls\n' },
    'proof/run.sh:1 `node2` is no machine here; it must be one of: node1',
  ],
  [
    'a wrong attempt without its answer',
    { [at('proof/wrong/web.x.sh')]: 'ls\n' },
    'proof/wrong/web.x.sh:1 must begin with # answer:',
  ],
  [
    'a wrong attempt at nothing',
    { [at('proof/wrong/wob.x.sh')]: '# answer: name\nls\n' },
    'proof/wrong/wob.x.sh:1 is for task `wob`',
  ],
  [
    'a set-up script for a machine that is not there',
    { [at('setup/node2.sh')]: 'ls\n' },
    'setup/node2.sh:1 is for node2, which lesson.yaml does not have; its machines are: node1',
  ],
  [
    'an expectation of a machine that is not there',
    yaml('{ name: web, running: true }', '{ name: web, machine: node2 }'),
    'lesson.yaml:12 node2 is no machine here; it must be one of: node1',
  ],
  [
    'a command for a machine that is not there',
    text('```sh run', '```sh run=node2'),
    'lesson.en.md:1 step `run` uses node2, which lesson.yaml does not have',
  ],
  [
    'images for a bare machine',
    yaml('images: [nginx]', 'kind: bare\n    images: [nginx]'),
    'lesson.yaml:7 node1 is bare: no engine could hold its images; leave them out',
  ],
  ['files for a machine that is not there', { [at('files/node2/x')]: 'x' }, 'files/node2:1 is for node2'],
])('%s is refused with its place and the way out', async (_name, change, expected) => {
  const problems = await problemsOf(change);
  expect(
    problems.some((problem) => problem.startsWith(join('basics/01-first', expected))),
    problems.join('\n'),
  ).toBe(true);
});

test('a folder without a course, and a course without a title, are refused', async () => {
  expect(await problemsOf({ 'basics/course.yaml': null })).toContain(
    'basics/course.yaml:1 is missing; it holds title, summary and order',
  );
  expect(await problemsOf({ 'basics/course.yaml': 'order: 1\n' })).toContainEqual(
    expect.stringContaining('basics/course.yaml:1 title: is missing'),
  );
});

test('all problems are told at once', async () => {
  const problems = await problemsOf({ ...yaml('minutes: 5', 'minutes: 0'), ...text('How many?', '<hr>') });
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
    expect.arrayContaining([`${at('lesson.yaml')}:3`, `${at('lesson.en.md')}:13`]),
  );
});
