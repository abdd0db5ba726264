/** The commands that ended in a sandbox's shells, the newest thousand of each. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { CommandTable } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';

export const COMMANDS_KEPT = 1000;

export function openCommandTable(client: PrismaClient): CommandTable {
  return {
    async add(command) {
      await client.command.create({ data: { ...command, durationMs: Math.round(command.durationMs) } });
      // A loop in a shell ends thousands of commands a minute: the bound is kept at every one of them.
      await client.$executeRaw`
        DELETE FROM command WHERE sandbox = ${command.sandbox} AND id <= (
          SELECT id FROM command WHERE sandbox = ${command.sandbox}
          ORDER BY id DESC LIMIT 1 OFFSET ${COMMANDS_KEPT})`;
    },
    async of(sandbox, limit) {
      const rows = await client.command.findMany({
        where: { sandbox },
        orderBy: { id: 'desc' },
        take: limit,
        omit: { id: true },
      });
      return rows.toReversed();
    },
    async typedBy(userId, { before, limit }) {
      const own = await client.sandbox.findMany({
        where: { userId },
        select: { id: true, course: true, lesson: true },
      });
      const lessons = new Map(own.map(({ id, course, lesson }) => [id, lessonOf(course, lesson)]));
      const rows = await client.command.findMany({
        where: { sandbox: { in: [...lessons.keys()] }, ...(before && { startedAt: { lt: before } }) },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: limit,
        omit: { id: true },
      });
      return rows.map((row) => ({ ...row, lesson: lessons.get(row.sandbox) ?? null }));
    },
    since: (sandboxes, since) =>
      client.command.findMany({
        where: { sandbox: { in: [...sandboxes] }, startedAt: { gte: since } },
        orderBy: { id: 'asc' },
        omit: { id: true },
      }),
  };
}

function lessonOf(course: string | null, lesson: string | null): LessonKey | null {
  return course !== null && lesson !== null ? { course, lesson } : null;
}
