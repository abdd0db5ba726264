/** What is kept of sandboxes to go back to, and how often learners went back. */
import { z } from 'zod';
import type { HistoryTable, SnapshotRow } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';

const machinesSchema = z.array(
  z.object({
    machine: z.string(),
    containers: z.array(z.object({ id: z.string(), name: z.string(), running: z.boolean() })),
    images: z.array(z.object({ id: z.string(), tags: z.array(z.string()) })),
    volumes: z.array(z.string()),
    networks: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
);
const kindSchema = z.enum(['start', 'step', 'named']);

export function openHistoryTable(client: PrismaClient): HistoryTable {
  return {
    async snapshots(sandbox) {
      const rows = await client.snapshot.findMany({ where: { sandbox }, orderBy: { takenAt: 'asc' } });
      return rows.map(({ kind, machines, ...row }): SnapshotRow => ({
        ...row,
        kind: kindSchema.parse(kind),
        machines: machinesSchema.parse(JSON.parse(machines)),
      }));
    },
    async addSnapshot({ machines, ...row }) {
      await client.snapshot.create({ data: { ...row, machines: JSON.stringify(machines) } });
    },
    async removeSnapshot(id) {
      await client.snapshot.deleteMany({ where: { id } });
    },
    async forgetClosed() {
      await client.$executeRaw`
        DELETE FROM snapshot WHERE sandbox NOT IN (SELECT id FROM sandbox WHERE state <> 'closed')`;
    },
    async addAttempt({ lesson, ...attempt }) {
      await client.attempt.create({ data: { ...attempt, ...lesson } });
    },
    attempts: (userId, lesson) => client.attempt.count({ where: { userId, ...lesson } }),
    async goldens() {
      const rows = await client.golden.findMany({ orderBy: { usedAt: 'asc' } });
      return rows.map(({ machines, ...row }) => ({
        ...row,
        machines: machinesSchema.parse(JSON.parse(machines)),
      }));
    },
    async saveGolden({ machines, ...row }) {
      const data = { ...row, machines: JSON.stringify(machines) };
      await client.golden.upsert({ where: { key: row.key }, create: data, update: data });
    },
    async removeGolden(id) {
      await client.golden.deleteMany({ where: { id } });
    },
  };
}
