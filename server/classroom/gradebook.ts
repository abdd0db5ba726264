/** Gradebooks of classes, for their instructors and, by tokens, for other programs. */
import { createHash, randomBytes } from 'node:crypto';
import type { Lessons } from '../lessons/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { newShortId } from '../lib/short-id.ts';
import { CLASS_LIMITS } from '../protocol/classes.ts';
import type { Gradebook, MadeToken, TokenView } from '../protocol/gradebook.ts';
import type { Locale } from '../protocol/ids.ts';
import type {
  ClassRow,
  ClassTable,
  EnrolmentRow,
  ProgressReport,
  ProgressTable,
  TokenRow,
  UserTable,
} from '../store/contract.ts';
import { ClassroomError, type Classes, type Gradebooks, type Person } from './contract.ts';
import { writeCsv } from './csv.ts';
import { type LessonRules, scoreOf, totalOf, type Work } from './scores.ts';
import { lessonViews } from './views.ts';

export type GradebooksOptions = {
  classes: Pick<Classes, 'get' | 'learners' | 'taught'>;
  table: Pick<ClassTable, 'tokens' | 'addToken' | 'removeToken' | 'tokenUsed'>;
  progress: Pick<ProgressTable, 'report'>;
  users: Pick<UserTable, 'get'>;
  lessons: Pick<Lessons, 'definition' | 'page'>;
  clock: Clock;
};

/** Known at a glance, also by programs that look for secrets where they should not be. */
const PREFIX = 'ddk_';
const SECRET_BYTES = 32;

const HEAD: Record<Locale, readonly string[]> = {
  en: ['Name', 'E-mail', 'Number', 'Total'],
  zh: ['姓名', '邮箱', '学号', '总分'],
};

export function openGradebooks(options: GradebooksOptions): Gradebooks {
  const { classes, table, users, clock } = options;
  return {
    of: (person, id) => read(options, classes.taught(person, id)),
    async csv(person, id, { mark }) {
      const row = classes.taught(person, id);
      return writeCsv(tableOf(options, row, await read(options, row)), mark);
    },
    async tokens(person, id) {
      classes.taught(person, id);
      return (await table.tokens(id)).map(tokenView);
    },
    makeToken: (person, id, name) => makeToken(options, { person, id, name }),
    async removeToken(person, id, token) {
      classes.taught(person, id);
      if (!(await table.tokens(id)).some((one) => one.id === token))
        throw new ClassroomError('not_found', 'There is no such token.');
      await table.removeToken(id, token);
    },
    async byToken(secret) {
      const token = await table.tokenUsed(fingerprint(secret), clock.now());
      const row = token && classes.get(token.classId);
      const owner = row && (await users.get(row.ownerId));
      // Whoever may not teach any more reads no gradebook by the back door either.
      if (owner?.role !== 'instructor' && owner?.role !== 'admin') return null;
      return read(options, row!);
    },
  };
}

type NewToken = { person: Person; id: string; name: string };

async function makeToken(
  { classes, table, clock }: GradebooksOptions,
  { person, id, name }: NewToken,
): Promise<MadeToken> {
  classes.taught(person, id);
  const known = await table.tokens(id);
  if (known.length >= CLASS_LIMITS.tokens)
    throw new ClassroomError('bad_request', `A class has at most ${CLASS_LIMITS.tokens} tokens. Remove one.`);
  const secret = `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;
  const token: TokenRow = {
    id: newShortId((taken) => known.some((one) => one.id === taken)),
    classId: id,
    name,
    // Of 256 bits drawn at random: nothing slower than one round of SHA-256 is needed to keep it.
    fingerprint: fingerprint(secret),
    createdAt: clock.now(),
    lastUsedAt: null,
  };
  await table.addToken(token);
  return { token: tokenView(token), secret };
}

function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function tokenView({ id, name, createdAt, lastUsedAt }: TokenRow): TokenView {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

/** Two queries, however many learners and lessons there are. */
async function read(options: GradebooksOptions, row: ClassRow): Promise<Gradebook> {
  const { classes, progress, lessons } = options;
  const places = classes.learners(row.id);
  const rules = row.lessons.map((lesson): LessonRules => ({
    ...lesson,
    tasks: lessons.definition(lesson.lesson)?.tasks.map(({ id }) => id) ?? null,
    latePercent: row.latePercent,
  }));
  const keys = row.lessons.map(({ lesson }) => lesson);
  const work = workOf(
    await progress.report(
      places.flatMap(({ userId }) => userId ?? []),
      keys,
    ),
  );
  return {
    class: { id: row.id, name: row.name },
    lessons: lessonViews(row.lessons),
    rows: places.map((place) => {
      const scores = rules.map((rule) => scoreOf(rule, work(place, rule)));
      const { id: learner, name, email, number } = place;
      return { learner, name, email, number, scores, total: totalOf(rules, scores) };
    }),
  };
}

function workOf(report: ProgressReport): (place: EnrolmentRow, rules: LessonRules) => Work {
  type Key = { userId: string | null; lesson: { course: string; lesson: string } };
  const keyOf = ({ userId, lesson }: Key) => `${userId} ${lesson.course}/${lesson.lesson}`;
  const tasks = Map.groupBy(report.tasks, keyOf);
  const lessons = new Map(report.lessons.map((one) => [keyOf(one), one]));
  return ({ userId }, { lesson }) => {
    const key = keyOf({ userId, lesson });
    const opened = lessons.get(key);
    return {
      tasks: tasks.get(key) ?? [],
      opened: opened !== undefined,
      finishedAt: opened?.finishedAt ?? null,
    };
  };
}

/** In the class's language; a lesson is named so that two of the same title are not mixed up. */
function tableOf({ lessons }: GradebooksOptions, row: ClassRow, book: Gradebook): (string | number)[][] {
  const [name, email, number, total] = HEAD[row.locale] as [string, string, string, string];
  const titles = row.lessons.map(({ lesson }) => {
    const key = `${lesson.course}/${lesson.lesson}`;
    const title = lessons.page(lesson, row.locale)?.title;
    return title === undefined ? key : `${title} (${key})`;
  });
  return [
    [name, email, number, ...titles, total],
    ...book.rows.map((one) => [
      one.name,
      one.email ?? '',
      one.number ?? '',
      ...one.scores.map(({ score }) => score ?? ''),
      one.total,
    ]),
  ];
}
