/** Points of a whole course, out of those that the server tells of each lesson. */
import type { Course, Points } from '#server/protocol/lesson.ts';

/** Null where the course is not scored. */
export function pointsIn({ scored, lessons }: Pick<Course, 'scored' | 'lessons'>): Points | null {
  if (!scored) return null;
  const points = lessons.flatMap(({ progress }) => progress.points ?? []);
  return {
    earned: points.reduce((sum, { earned }) => sum + earned, 0),
    most: points.reduce((sum, { most }) => sum + most, 0),
  };
}
