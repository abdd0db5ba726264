/** What a learner has done: tasks passed and lessons opened, by account, not by sandbox. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { ProgressTable, TaskRecord } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';
import type { TaskProgressModel } from './generated/models/TaskProgress.ts';

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
      const where = {
        userId: { in: [...userIds] },
        course: { in: [...new Set(lessons.map(({ course }) => course))] },
      };
      const [tasks, rows] = await Promise.all([
        client.taskProgress.findMany({ where }),
        client.lessonProgress.findMany({ where }),
      ]);
      return {
        tasks: tasks
          .filter((row) => wanted.has(nameOf(row)))
          .map((row) => ({ ...taskOf(row), userId: row.userId, lesson: keyOf(row) })),
        lessons: rows
          .filter((row) => wanted.has(nameOf(row)))
          .map(({ course, lesson, ...row }) => ({ ...row, lesson: { course, lesson } })),
      };
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
