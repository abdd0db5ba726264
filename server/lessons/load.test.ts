/** Sound lessons become pages and definitions. */
import { expect, test } from 'vitest';
import { lessonSchema } from '../protocol/lesson.ts';
import { toLessons } from './assemble.ts';
import { loadLessons, readContent } from './load.ts';
import { chinese, ENGLISH, LESSON, writeContent } from './testing/content.ts';

const KEY = { course: 'basics', lesson: 'first' };
const at = (file: string) => `basics/01-first/${file}`;

test('a sound lesson becomes a page in each language', async () => {
  await using content = await writeContent();
  const lessons = await loadLessons(content.directory);
  const page = lessons.page(KEY, 'zh');
  expect(lessonSchema.parse(page)).toEqual(page);
  expect(page).toMatchObject({
    title: '一',
    courseTitle: '基础',
    terminals: [{ machine: 'node1', name: '1' }],
    steps: [
      {
        id: 'run',
        title: '运行',
        tasks: [{ id: 'web', answer: null }],
        blocks: [
          { type: 'paragraph' },
          { type: 'code', run: 'focused', text: 'docker run -d --name web nginx' },
          { type: 'task', id: 'web' },
        ],
      },
      { id: 'count', tasks: [{ id: 'how-many', answer: { kind: 'number' } }] },
    ],
  });
  expect(lessons.courses('en')).toMatchObject([
    { id: 'basics', lessons: [{ key: KEY, steps: 2, tasks: 2, stepTitles: ['Run', 'Count'] }] },
  ]);
});

test('a sound lesson becomes a definition with plan, proof and wrong attempts', async () => {
  await using content = await writeContent({
    [at('files/site/index.html')]: 'hello',
    [at('proof/run.sh')]: '# for web\ndocker run -d \\\n  --name web nginx\ncat > a <<EOF\nx\nEOF\n',
    [at('proof/wrong/web.other-name.sh')]: '# answer: name\ndocker run -d --name wob nginx\n',
  });
  const definition = (await loadLessons(content.directory)).definition(KEY);
  expect(definition?.plan.machines).toEqual([
    {
      name: 'node1',
      images: ['nginx'],
      files: [{ path: 'site/index.html', content: Buffer.from('hello'), executable: false }],
    },
  ]);
  expect(definition?.tasks[0]?.solution).toEqual([
    { machine: 'node1', text: 'docker run -d \\\n  --name web nginx' },
    { machine: 'node1', text: 'cat > a <<EOF\nx\nEOF' },
  ]);
  expect(definition?.proof.get('count')).toEqual([
    { type: 'give', machine: 'node1', task: 'how-many', value: '1' },
  ]);
  expect(definition?.wrong).toEqual([
    {
      task: 'web',
      name: 'web.other-name',
      answer: 'name',
      lines: [{ type: 'type', machine: 'node1', text: 'docker run -d --name wob nginx' }],
    },
  ]);
});

test('of two machines each has a terminal, and a script that sets it up where there is one', async () => {
  await using content = await writeContent({
    [at('lesson.yaml')]: LESSON.replace('steps:', '  - name: node2\nsteps:'),
    [at('setup/node2.sh')]: 'docker run -d -p 80:80 nginx\n',
  });
  const lessons = await loadLessons(content.directory);
  const { machines } = lessons.definition(KEY)!.plan;
  expect(machines[0]).not.toHaveProperty('setup');
  expect(lessons.page(KEY, 'en')?.terminals).toEqual([
    { machine: 'node1', name: '1' },
    { machine: 'node2', name: '1' },
  ]);
  expect(machines[1]).toMatchObject({ name: 'node2', setup: 'docker run -d -p 80:80 nginx\n' });
});

test('a proof says on which machine each line is typed', async () => {
  await using content = await writeContent({
    [at('lesson.yaml')]: LESSON.replace('steps:', '  - name: node2\nsteps:'),
    [at('proof/run.sh')]: 'ip address\n# on node2\n# for web\ndocker pull nginx\n# on node1\ndocker ps\n',
    [at('proof/wrong/web.there.sh')]:
      '# answer: name\n# on node2\ndocker run -d nginx\n# give how-many: $(hostname)\n',
  });
  const definition = (await loadLessons(content.directory)).definition(KEY)!;
  expect(definition.tasks[0]!.solution).toEqual([
    { machine: 'node2', text: 'docker pull nginx' },
    { machine: 'node1', text: 'docker ps' },
  ]);
  expect(definition.proof.get('run')!.map(({ machine }) => machine)).toEqual(['node1', 'node2', 'node1']);
  expect(definition.wrong[0]!.lines).toMatchObject([
    { type: 'type', machine: 'node2' },
    { type: 'give', machine: 'node2' },
  ]);
});

test('the lessons of a course follow each other', async () => {
  await using content = await writeContent({
    'basics/02-second/lesson.yaml': `${LESSON}after: [basics/first]\n`,
    'basics/02-second/lesson.en.md': ENGLISH,
    'basics/02-second/lesson.zh.md': chinese(),
    'basics/02-second/proof/run.sh': 'docker ps\n',
    'basics/02-second/proof/count.sh': '# give how-many: 1\n',
  });
  const lessons = await loadLessons(content.directory);
  const second = { course: 'basics', lesson: 'second' };
  expect(lessons.page(KEY, 'en')).toMatchObject({ previous: null, next: { key: second, title: 'One' } });
  expect(lessons.page(second, 'zh')).toMatchObject({ previous: { key: KEY, title: '一' }, next: null });
  expect(lessons.courses('en')[0]?.lessons.map(({ after }) => after)).toEqual([[], [KEY]]);
});

test('the lessons of a scored course know it', async () => {
  await using content = await writeContent({
    'basics/course.yaml': 'title: { en: A, zh: 一 }\nsummary: { en: A, zh: 一 }\norder: 1\nscored: true\n',
  });
  const lessons = await loadLessons(content.directory);
  expect(lessons.courses('en')[0]?.scored).toBe(true);
  expect(lessons.definition(KEY)?.scored).toBe(true);
});

test('terms of the glossary are marked where they are first used', async () => {
  const english = ENGLISH.replace('How many?', 'How many containers? One container: `container`.');
  await using content = await writeContent({
    'glossary.yaml':
      '- term: { en: container, zh: 容器 }\n  definition: { en: A process., zh: 一个进程。 }\n',
    [at('lesson.en.md')]: english,
    [at('lesson.zh.md')]: chinese(english, english),
  });
  const page = (await loadLessons(content.directory)).page(KEY, 'en');
  const terms = JSON.stringify(page).match(/"type":"term","value":"container"/g);
  expect(terms).toHaveLength(1);
  expect(page?.steps[0]?.blocks[0]).toMatchObject({
    children: [{}, { type: 'term', definition: 'A process.' }, {}],
  });
});

test('a broken lesson is left out with its reasons, and takes nothing from the others', async () => {
  await using content = await writeContent({
    'basics/02-second/lesson.yaml': LESSON.replace('minutes: 5', 'minutes: soon'),
    'basics/02-second/lesson.en.md': ENGLISH,
    'basics/03-third/lesson.yaml': `${LESSON}after: [basics/second]\n`,
    'basics/03-third/lesson.en.md': ENGLISH,
    'basics/03-third/lesson.zh.md': chinese(),
    'basics/03-third/proof/run.sh': 'docker ps\n',
    'basics/03-third/proof/count.sh': '# give how-many: 1\n',
    'odd/course.yaml': 'title: none\n',
  });
  const { courses, problems } = await readContent([content.directory]);
  const lessons = toLessons(courses);
  expect(lessons.all().map(({ key }) => key.lesson)).toEqual(['first', 'third']);
  expect(lessons.broken()).toMatchObject([
    {
      key: { course: 'basics', lesson: 'second' },
      problems: [{ line: 3 }, { message: expect.stringContaining('is missing') as string }],
    },
  ]);
  expect(lessons.page(KEY, 'en')?.next?.key.lesson).toBe('third');
  expect(problems.map(({ file }) => file.split('/').slice(-2).join('/'))).toEqual([
    'odd/course.yaml',
    'odd/course.yaml',
    'odd/course.yaml',
    '02-second/lesson.yaml',
    '02-second/lesson.zh.md',
  ]);
});

test('courses of several directories stand side by side, but not two of one name', async () => {
  await using ours = await writeContent();
  await using theirs = await writeContent({
    'own/course.yaml': 'title: { en: Own, zh: 自己的 }\nsummary: { en: All, zh: 全部 }\norder: 2\n',
  });
  const { courses, problems } = await readContent([ours.directory, theirs.directory]);
  const lessons = toLessons(courses);
  expect(lessons.courses('en').map(({ id }) => id)).toEqual(['basics', 'own']);
  expect(problems).toMatchObject([{ message: 'is the second course called `basics`; rename one' }]);
});
