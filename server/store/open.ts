/** Opens the database: migrated, in WAL mode, with one sentence for each way in which a file can be bad. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { Log } from '#server/lib/log.ts';
import { openClassTable } from './classes.ts';
import { openCommandTable } from './commands.ts';
import type { Store } from './contract.ts';
import { openLearnerEventTable } from './events.ts';
import { PrismaClient } from './generated/client.ts';
import { openHistoryTable } from './history.ts';
import { migrate } from './migrate.ts';
import { openPeopleTable, type PeopleTable } from './people.ts';
import { openProgressTable } from './progress.ts';
import { openSandboxTable } from './sandboxes.ts';
import { type AccountTable, openUserTable } from './users.ts';

/** The store as the gateway needs it: with accounts, and the client that better-auth keeps its four tables by. */
export type OpenedStore = Store & { users: AccountTable; people: PeopleTable; authClient: object };

/** A larger file is not read through at each start; damage then shows when a query meets it. */
const CHECKED_UP_TO_BYTES = 64 * 1024 * 1024;

export type StoreErrorCode = 'store_corrupt' | 'store_full' | 'store_unusable';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** @throws StoreError when the file cannot be read, written or migrated; its message names the way out. */
export async function openStore(options: { path: string; log: Log }): Promise<OpenedStore> {
  await mkdir(dirname(options.path), { recursive: true });
  // libsql makes a new connection after each interactive transaction: what every connection needs stands here.
  const libsql = new PrismaLibSql({ url: `file:${options.path}`, timeout: 5000 });
  const client = new PrismaClient({ adapter: libsql });
  try {
    // Said of the file, not of the connection: it stays in force for good.
    await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
    await refuseDamage(client, options.path);
    const applied = await migrate(libsql);
    if (applied.length > 0) options.log.info('database migrated', { applied });
  } catch (error) {
    await client.$disconnect();
    throw error instanceof StoreError ? error : explain(error, options.path);
  }
  return {
    authClient: client,
    sandboxes: openSandboxTable(client),
    progress: openProgressTable(client),
    commands: openCommandTable(client),
    history: openHistoryTable(client),
    classes: openClassTable(client),
    events: openLearnerEventTable(client),
    users: openUserTable(client),
    people: openPeopleTable(client),
    async [Symbol.asyncDispose]() {
      // Leaves one whole file behind, which can be copied as it is.
      await client.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
      await client.$disconnect();
    },
  };
}

async function refuseDamage(client: PrismaClient, path: string): Promise<void> {
  if ((await stat(path)).size > CHECKED_UP_TO_BYTES) return;
  const rows = await client.$queryRawUnsafe<{ quick_check: string }[]>('PRAGMA quick_check(1)');
  const verdict = rows[0]?.quick_check;
  if (verdict !== 'ok') throw corrupt(path, new Error(verdict));
}

function corrupt(path: string, cause: unknown): StoreError {
  const way =
    'Put back a copy of it, or move it away to begin with an empty one (accounts and progress are lost).';
  return new StoreError('store_corrupt', `The database ${path} is damaged. ${way}`, { cause });
}

function explain(error: unknown, path: string): StoreError {
  const text = `${error}${error instanceof Error && error.cause ? ` ${error.cause}` : ''}`;
  if (/malformed|not a database|corrupt/i.test(text)) return corrupt(path, error);
  if (/is full|SQLITE_FULL|No space left/i.test(text))
    return new StoreError('store_full', `No room to write the database ${path}. Free some disk space.`, {
      cause: error,
    });
  const why = text.split('\n').findLast((line) => line.trim() !== '');
  return new StoreError('store_unusable', `The database ${path} cannot be used: ${why}`, { cause: error });
}
