/** Routes about what there is to learn, and the images it is done with. */
import { z } from 'zod';
import { catalogSchema } from '#server/protocol/catalog.ts';
import { coursesSchema, lessonSchema } from '#server/protocol/lesson.ts';
import { taskStateSchema } from '#server/protocol/tasks.ts';
import { nothing, route } from '../call.ts';
import { showCatalog } from '../catalog.ts';
import { listCourses, restartLesson, showLesson, showTasks } from '../lessons.ts';

export const LESSON_ROUTES = [
  route({ method: 'GET', path: '/api/courses', anyone: true, answer: coursesSchema, handle: listCourses }),
  route({
    method: 'GET',
    path: '/api/lessons/:course/:lesson',
    anyone: true,
    answer: lessonSchema,
    handle: showLesson,
  }),

  route({
    method: 'GET',
    path: '/api/lessons/:course/:lesson/tasks',
    anyone: true,
    answer: z.array(taskStateSchema),
    handle: showTasks,
  }),
  route({
    method: 'POST',
    path: '/api/lessons/:course/:lesson/restart',
    body: nothing,
    answer: null,
    handle: restartLesson,
  }),

  route({ method: 'GET', path: '/api/catalog', answer: catalogSchema, handle: showCatalog }),
];
