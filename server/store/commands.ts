/** The commands that ended in a sandbox's shells, the newest thousand of each. */
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
  };
}
