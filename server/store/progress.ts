/** What a learner has done: tasks passed and lessons opened, by account, not by sandbox. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { ProgressReport, ProgressTable, TaskRecord } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';
import type { TaskProgressModel } from './generated/models/TaskProgress.ts';

/** Learners of a report: the answer is unpacked in one go, and nobody else is served meanwhile. */
const READ_AT_ONCE = 50;

export function openProgressTable(client: PrismaClient): ProgressTable {
  return {
    async tasks(userId, lesson) {
      return (await client.taskProgress.findMany({ where: { userId, ...lesson } })).map(taskOf);
    },
    async saveTask(userId, lesson, { task, ...state }) {
      await client.taskProgress.upsert({
        where: { userId_course_lesson_task: { userId, ...lesson, task } },
        create: { userId, ...lesson, task, passedAt: null, hintsGiven: 0, solved: false, ...state },
        update: state,
      });
    },
    async lessons(userId) {
      const [rows, passed] = await Promise.all([
        client.lessonProgress.findMany({ where: { userId }, orderBy: { lastOpenedAt: 'desc' } }),
        client.taskProgress.findMany({
          where: { userId, passedAt: { not: null } },
          orderBy: { passedAt: 'asc' },
        }),
      ]);
      return rows.map(({ course, lesson, step, lastOpenedAt, finishedAt }) => ({
        lesson: { course, lesson },
        step,
        lastOpenedAt,
        finishedAt,
        passed: passed
          .filter((task) => task.course === course && task.lesson === lesson)
          .map(({ task, hintsGiven, solved }) => ({ task, hintsGiven, solved })),
      }));
    },
    async report(userIds, lessons) {
      const wanted = new Set(lessons.map(nameOf));
      const course = { in: [...new Set(lessons.map((key) => key.course))] };
      const report: ProgressReport = { tasks: [], lessons: [] };
      for (let from = 0; from < userIds.length; from += READ_AT_ONCE) {
        const where = { userId: { in: userIds.slice(from, from + READ_AT_ONCE) }, course };
        const [tasks, rows] = await Promise.all([
          client.taskProgress.findMany({ where }),
          client.lessonProgress.findMany({ where }),
        ]);
        for (const row of tasks)
          if (wanted.has(nameOf(row)))
            report.tasks.push({ ...taskOf(row), userId: row.userId, lesson: keyOf(row) });
        for (const { course: of, lesson, ...row } of rows)
          if (wanted.has(nameOf({ course: of, lesson })))
            report.lessons.push({ ...row, lesson: { course: of, lesson } });
      }
      return report;
    },
    async saveLesson(userId, lesson, change) {
      await client.lessonProgress.upsert({
        where: { userId_course_lesson: { userId, ...lesson } },
        create: { userId, ...lesson, lastOpenedAt: new Date(), ...change },
        update: change,
      });
    },
    async resetLesson(userId, lesson, { keepHelp = false } = {}) {
      const where = { userId, ...lesson };
      if (keepHelp) await client.taskProgress.updateMany({ where, data: { passedAt: null } });
      else await client.taskProgress.deleteMany({ where });
      await client.lessonProgress.deleteMany({ where });
    },
  };
}

const keyOf = ({ course, lesson }: LessonKey): LessonKey => ({ course, lesson });
const nameOf = ({ course, lesson }: LessonKey) => `${course}/${lesson}`;

function taskOf({ task, passedAt, hintsGiven, solved }: TaskProgressModel): TaskRecord {
  return { task, passedAt, hintsGiven, solved };
}
