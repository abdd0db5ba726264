/** What happened to learners, so that an instructor can look back at it. */
import type { LearnerEventRow, LearnerEventTable } from './contract.ts';
import type { LearnerEvent, PrismaClient } from './generated/client.ts';

/** Kept of each learner. */
const KEPT = 2_000;
/** Older ones are looked for once in so many. */
const TRIM_EVERY = 100;

export function openLearnerEventTable(client: PrismaClient): LearnerEventTable {
  return {
    async add({ lesson, data, ...event }) {
      const { id } = await client.learnerEvent.create({
        data: { ...event, ...lesson, data: JSON.stringify(data) },
      });
      if (id % TRIM_EVERY === 0) await trim(client, event.userId);
    },
    async of(userId, { before, limit }) {
      const rows = await client.learnerEvent.findMany({
        where: { userId, ...(before && { at: { lt: before } }) },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(eventOf);
    },
    async since(userIds, since) {
      const rows = await client.learnerEvent.findMany({
        where: { userId: { in: [...userIds] }, at: { gte: since } },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      });
      return rows.map(eventOf);
    },
  };
}

async function trim(client: PrismaClient, userId: string): Promise<void> {
  await client.$executeRaw`
    DELETE FROM learner_event WHERE userId = ${userId} AND id NOT IN
      (SELECT id FROM learner_event WHERE userId = ${userId} ORDER BY id DESC LIMIT ${KEPT})`;
}

function eventOf({ userId, course, lesson, kind, at, data }: LearnerEvent): LearnerEventRow {
  return {
    userId,
    lesson: course !== null && lesson !== null ? { course, lesson } : null,
    kind,
    at,
    data: JSON.parse(data) as unknown,
  };
}
