/** Sandboxes on disk: what must be known again after the server was away. */
import { z } from 'zod';
import { sandboxStateSchema } from '#server/protocol/sandbox.ts';
import { terminalListSchema } from '#server/protocol/terminal-list.ts';
import type { SandboxRecord, SandboxTable } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';
import type { SandboxModel } from './generated/models/Sandbox.ts';

const machinesSchema = z.array(
  z.object({
    name: z.string(),
    generation: z.int(),
    images: z.array(z.string()),
    // Absent in records that are older than the choice.
    kind: z.enum(['docker', 'bare']).optional(),
    from: z.object({ sandbox: z.string(), name: z.string(), running: z.array(z.string()) }).optional(),
    kept: z.object({ baseBytes: z.number(), addedBytes: z.number() }).optional(),
  }),
);

export function openSandboxTable(client: PrismaClient): SandboxTable {
  return {
    async create({ lesson, machines, terminals, ...record }) {
      await client.sandbox.create({ data: { ...record, ...columnsOf({ lesson, machines, terminals }) } });
    },
    async get(id) {
      const row = await client.sandbox.findUnique({ where: { id } });
      return row && recordOf(row);
    },
    async live() {
      const rows = await client.sandbox.findMany({
        where: { state: { not: 'closed' } },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(recordOf);
    },
    async update(id, { lesson, machines, terminals, ...change }) {
      await client.sandbox.updateMany({
        where: { id },
        data: { ...change, ...columnsOf({ lesson, machines, terminals }) },
      });
    },
  };
}

/** Only the columns of fields that are given. */
function columnsOf(fields: Partial<Pick<SandboxRecord, 'lesson' | 'machines' | 'terminals'>>) {
  return {
    ...(fields.lesson === undefined
      ? {}
      : { course: fields.lesson?.course ?? null, lesson: fields.lesson?.lesson ?? null }),
    ...(fields.machines === undefined ? {} : { machines: JSON.stringify(fields.machines) }),
    ...(fields.terminals === undefined
      ? {}
      : { terminals: fields.terminals && JSON.stringify(fields.terminals) }),
  } as { machines: string };
}

function recordOf(row: SandboxModel): SandboxRecord {
  const { course, lesson, state, machines, terminals, seed, ...rest } = row;
  return {
    ...rest,
    ...(seed !== null && { seed }),
    lesson: course !== null && lesson !== null ? { course, lesson } : null,
    state: sandboxStateSchema.parse(state),
    machines: machinesSchema.parse(JSON.parse(machines)),
    terminals: terminals === null ? null : terminalListSchema.parse(JSON.parse(terminals)),
  };
}
