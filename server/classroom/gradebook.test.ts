/** A whole class is read at once, written as a table, and opened by tokens. */
import { expect, test } from 'vitest';
import { CLASS_LIMITS } from '../protocol/classes.ts';
import { gradebookSchema } from '../protocol/gradebook.ts';
import { openGradebooks } from './gradebook.ts';
import { parseCsv } from './csv.ts';
import {
  ANN,
  BO,
  HELLO,
  IMAGES,
  INES,
  IVAN,
  openPlace,
  refusal,
  ROOT,
  SETTINGS,
  someLessons,
} from './testing/class-place.ts';

async function openBooks() {
  const place = await openPlace();
  const { store, classes, lessons, clock } = place;
  const books = openGradebooks({ ...store, table: store.classes, classes, lessons, clock });
  return { ...place, books, ...(await place.open()) };
}

test('each learner has a score for each lesson, in the order of the class, and a total', async () => {
  const { books, id, code, join, store, clock } = await openBooks();
  await join(code, BO);
  const learner = await join(code, ANN);
  const pass = (lesson: typeof HELLO, task: string, hintsGiven = 0) =>
    store.progress.saveTask(ANN.id, lesson, { task, passedAt: clock.now(), hintsGiven });
  await store.progress.saveLesson(ANN.id, HELLO, { lastOpenedAt: clock.now() });
  await pass(HELLO, 'run');
  await pass(HELLO, 'look', 1);
  await pass({ course: 'basics', lesson: 'other' }, 'run');
  const book = gradebookSchema.parse(await books.of(INES, id));
  expect(book).toMatchObject({ class: { id, name: SETTINGS.name }, lessons: SETTINGS.lessons });
  expect(book.rows).toMatchObject([
    {
      learner,
      name: 'Ann',
      email: 'ann@example.org',
      scores: [
        { lesson: HELLO, score: 85, passed: 2, total: 2, hinted: 1 },
        { lesson: IMAGES, score: null, total: 1 },
      ],
      total: 21.3,
    },
    { name: 'Bo', scores: [{ score: null }, { score: null }], total: 0 },
  ]);
});

test('a full class is read by one question to the store', async () => {
  const { books, id, classes, store } = await openBooks();
  const many = Array.from({ length: CLASS_LIMITS.learners }, (_, index) => `L${index}`);
  await classes.importRoster(INES, id, ['name', ...many].join('\n'));
  let asked = 0;
  const { report } = store.progress;
  store.progress.report = (...given) => {
    asked++;
    return report(...given);
  };
  store.progress.tasks = () => Promise.reject(new Error('invariant: one by one'));
  expect((await books.of(INES, id)).rows).toHaveLength(CLASS_LIMITS.learners);
  expect(asked).toBe(1);
});

test('as a table it has one line for each, in the language of the class', async () => {
  const { books, id, classes, code, join, store, clock } = await openBooks();
  await join(code, ANN);
  await store.progress.saveTask(ANN.id, IMAGES, { task: 'pull', passedAt: clock.now() });
  await classes.importRoster(INES, id, 'name,email,number\n=cmd,+@example.org,-17\n"Bo, ""B""",,\n');
  const csv = await books.csv(INES, id, { mark: false });
  expect(parseCsv(csv).records.map(({ fields }) => fields)).toEqual([
    ['Name', 'E-mail', 'Number', 'hello en (basics/hello)', 'images en (basics/images)', 'Total'],
    ["'=cmd", "'+@example.org", "'-17", '', '', '0'],
    ['Ann', 'ann@example.org', '', '', '100', '75'],
    ['Bo, "B"', '', '', '', '', '0'],
  ]);
  await classes.change(INES, id, { ...SETTINGS, locale: 'zh' });
  expect(await books.csv(INES, id, { mark: true })).toMatch(/^\uFEFF姓名,邮箱,学号,hello zh/);
});

test('a lesson that is gone keeps its column, and counts not', async () => {
  const { id, classes, store, clock, code, join } = await openBooks();
  await join(code, ANN);
  await store.progress.saveTask(ANN.id, HELLO, { task: 'run', passedAt: clock.now() });
  const lessons = someLessons({ hello: ['run'] });
  const books = openGradebooks({ ...store, table: store.classes, classes, lessons, clock });
  expect((await books.of(INES, id)).rows).toMatchObject([
    { scores: [{ score: 100 }, { score: null, total: 0 }], total: 100 },
  ]);
  expect(await books.csv(INES, id, { mark: false })).toContain('hello en (basics/hello),basics/images,');
});

test('a token opens the book of its class until it is removed, and leaves a trace', async () => {
  const { books, id, store, clock } = await openBooks();
  const { token, secret } = await books.makeToken(INES, id, 'LMS');
  expect(secret).toMatch(/^ddk_[\w-]{43}$/);
  expect((await books.byToken(secret))!.class.id).toBe(id);
  expect(await books.tokens(INES, id)).toEqual([{ ...token, lastUsedAt: clock.now().toISOString() }]);
  expect(JSON.stringify([...store.rows.classroom.tokens.values()])).not.toContain(secret);
  expect(await books.byToken(`${secret.slice(0, -1)}!`)).toBeNull();
  await books.removeToken(INES, id, token.id);
  expect(await books.byToken(secret)).toBeNull();
  expect(await refusal(() => books.removeToken(INES, id, token.id))).toBe('not_found');
});

test('a token of one class does not go by that of another, and there are so many', async () => {
  const { books, id, open } = await openBooks();
  const { id: other } = await open({}, IVAN);
  const { token, secret } = await books.makeToken(INES, id, 'LMS');
  expect(await refusal(() => books.removeToken(IVAN, other, token.id))).toBe('not_found');
  expect((await books.byToken(secret))!.class.id).toBe(id);
  for (let count = 1; count < CLASS_LIMITS.tokens; count++) await books.makeToken(INES, id, `${count}`);
  expect(await refusal(() => books.makeToken(INES, id, 'one more'))).toBe('bad_request');
});

test('nobody reads by a token of one who may not teach any more', async () => {
  const { books, id, store } = await openBooks();
  const { secret } = await books.makeToken(INES, id, 'LMS');
  store.rows.users.set(INES.id, { ...INES, role: 'learner' });
  expect(await books.byToken(secret)).toBeNull();
});

test.each([
  ['another instructor', IVAN, 'not_found'],
  ['a learner', ANN, 'not_allowed'],
])('%s reads nothing and makes no token', async (_who, person, code) => {
  const { books, id } = await openBooks();
  const asked = [
    () => books.of(person, id),
    () => books.csv(person, id, { mark: false }),
    () => books.tokens(person, id),
    () => books.makeToken(person, id, 'mine'),
    () => books.removeToken(person, id, 'aaaaaaaa'),
  ];
  for (const ask of asked) expect(await refusal(ask)).toBe(code);
  expect((await books.of(ROOT, id)).rows).toEqual([]);
});
