/** Values of a lesson: the same for one learner, others for another, filled in everywhere. */
import { expect, test } from 'vitest';
import { LessonError } from './problem.ts';
import { loadLessons } from './load.ts';
import { chinese, ENGLISH, LESSON, writeContent } from './testing/content.ts';
import { valuesOf, varsSchema } from './vars.ts';

const KEY = { course: 'basics', lesson: 'first' };
const at = (file: string) => `basics/01-first/${file}`;
const VARS = `vars:
  port: { port: true }
  word: { word: true }
  many: { pick: ['2', '3'] }
`;
const YAML = LESSON.replace('steps:', `${VARS}steps:`)
  .replace('name: web, running: true', "name: '{{word}}', ports: ['{{port}}:80'], count: {{many}}")
  .replace('Use docker run.', 'Use -p {{port}}:80.');
const TEXT = ENGLISH.replace(
  'docker run -d --name web nginx',
  'docker run -d --name {{word}} -p {{port}}:80 nginx',
);
const VARIED = {
  [at('lesson.yaml')]: YAML,
  [at('lesson.en.md')]: TEXT,
  [at('lesson.zh.md')]: chinese(TEXT, TEXT),
  [at('proof/run.sh')]: 'docker run -d --name {{word}} -p {{port}}:80 nginx\n',
  [at('files/note.txt')]: 'port {{port}}',
};

test('every learner has values of their own, and keeps them', async () => {
  await using content = await writeContent(VARIED);
  const lessons = await loadLessons(content.directory);
  const of = (seed: string) => lessons.definition(KEY, seed)!;
  const seen = new Set(Array.from({ length: 20 }, (_, index) => JSON.stringify(of(`seed${index}`).tasks)));
  expect(seen.size).toBeGreaterThan(10);
  const [task] = of('aaaaaaaa').tasks;
  expect(of('aaaaaaaa').tasks[0]).toEqual(task);
  expect(task?.expect).toEqual([
    {
      container: {
        name: expect.stringMatching(/^[a-z]+$/) as string,
        ports: [expect.stringMatching(/^8[1-9]\d\d:80$/) as string],
        count: expect.any(Number) as number,
      },
    },
  ]);
});

test('text, hints, proof and files of a learner say the same', async () => {
  await using content = await writeContent(VARIED);
  const lessons = await loadLessons(content.directory);
  const definition = lessons.definition(KEY, 'aaaaaaaa')!;
  const line = definition.tasks[0]!.solution[0]!.text;
  const port = /-p (\d+):80/.exec(line)![1]!;
  expect(definition.tasks[0]!.hints[0]!.en).toContain(`-p ${port}:80`);
  expect(definition.plan.machines[0]!.files[0]!.content.toString()).toBe(`port ${port}`);
  const page = lessons.page(KEY, 'zh', 'aaaaaaaa')!;
  expect(page.seed).toBe('aaaaaaaa');
  expect(page.steps[0]!.blocks[1]).toMatchObject({
    text: expect.stringContaining(`-p ${port}:80`) as string,
  });
});

test('who only reads sees the sample values; a lesson without any belongs to nobody', async () => {
  await using content = await writeContent(VARIED);
  await using plain = await writeContent();
  expect((await loadLessons(content.directory)).page(KEY, 'en')?.seed).toBe('sample');
  expect((await loadLessons(plain.directory)).page(KEY, 'en', 'aaaaaaaa')?.seed).toBeNull();
});

test.each([
  [
    'a name that vars does not have',
    { [at('proof/run.sh')]: 'docker run {{prot}}\n' },
    /proof\/run\.sh:1 .*\{\{prot\}\}.*port/,
  ],
  [
    'vars in one line',
    { [at('lesson.yaml')]: YAML.replace(VARS, 'vars: { word: { word: true } }\n') },
    /one value to a line/,
  ],
  [
    'a value of no kind',
    { [at('lesson.yaml')]: YAML.replace('{ word: true }', '{ wrd: true }') },
    /lesson\.yaml:9 vars\.word\.wrd: is not a field here[^\n]*$/,
  ],
])('%s is refused', async (_, change, words) => {
  await using content = await writeContent({ ...VARIED, ...change });
  const refused = await loadLessons(content.directory).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LessonError);
  expect((refused as LessonError).message.replaceAll(/ +/g, ' ')).toMatch(words);
});

test("a template of docker's is left alone", async () => {
  const script = "docker ps --format '{{.Names}} {{json .Ports}} {{end}}' # {{port}}\n";
  await using content = await writeContent({ ...VARIED, [at('proof/run.sh')]: script });
  const lines = (await loadLessons(content.directory)).definition(KEY, 'x')!.proof.get('run')!;
  expect(JSON.stringify(lines)).toContain('{{.Names}} {{json .Ports}} {{end}}');
});

test('ports of one lesson differ', () => {
  const vars = varsSchema.parse(
    Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`p${index}`, { port: true }])),
  );
  for (let seed = 0; seed < 50; seed++)
    expect(new Set(Object.values(valuesOf(vars, String(seed)))).size).toBe(26);
});
