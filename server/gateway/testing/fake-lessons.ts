/** One course with one lesson, in memory. */
import type { Lessons } from '#server/lessons/contract.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Lesson } from '#server/protocol/lesson.ts';

export const HELLO: LessonKey = { course: 'basics', lesson: 'hello' };
const STEPS = ['run', 'look'];

const page: Lesson = {
  key: HELLO,
  courseTitle: 'Basics',
  title: 'Hello',
  summary: 'A first container.',
  minutes: 5,
  machines: [{ name: 'node1' }],
  terminals: [{ machine: 'node1', name: '1' }],
  steps: STEPS.map((id) => ({ id, title: id, blocks: [], tasks: [] })),
  previous: null,
  next: null,
  seed: null,
};

export const fakeLessons: Lessons = {
  courses: (locale) => [
    {
      id: HELLO.course,
      title: locale === 'zh' ? '基础' : 'Basics',
      summary: '',
      scored: true,
      lessons: [
        {
          key: HELLO,
          title: page.title,
          summary: page.summary,
          minutes: page.minutes,
          steps: STEPS.length,
          stepTitles: STEPS,
          tasks: 1,
          after: [],
          progress: {
            step: null,
            stepNumber: null,
            tasksPassed: 0,
            points: null,
            finishedAt: null,
            lastOpenedAt: null,
          },
        },
      ],
    },
  ],
  page: (key) => (key.lesson === HELLO.lesson && key.course === HELLO.course ? page : null),
  definition: (key) =>
    key.lesson === HELLO.lesson
      ? {
          key: HELLO,
          scored: true,
          plan: { lesson: HELLO, machines: [{ name: 'node1', images: ['nginx'], files: [] }] },
          tasks: [
            {
              id: 'hello-ran',
              step: 'run',
              title: { en: 'Run it', zh: '运行' },
              expect: [],
              hints: [],
              hold: false,
              solution: [],
            },
          ],
          proof: new Map(),
          wrong: [],
        }
      : null,
  all: () => [],
  broken: () => [],
  onChange: () => () => {},
};
