/** All that a database holds, as text: what must not be in it any more is looked for here. */
import type { PrismaClient } from '../generated/client.ts';
import type { OpenedStore } from '../open.ts';

/** Every row of every table but those of the migrations. */
export async function everyRow({ authClient }: Pick<OpenedStore, 'authClient'>): Promise<string> {
  const client = authClient as PrismaClient;
  const tables = await client.$queryRawUnsafe<{ name: string }[]>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '_prisma_migrations'`,
  );
  if (tables.length < 15) throw new Error('invariant: not all tables were found');
  const dumps: unknown[] = [];
  for (const { name } of tables) dumps.push([name, await client.$queryRawUnsafe(`SELECT * FROM "${name}"`)]);
  return JSON.stringify(dumps, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
