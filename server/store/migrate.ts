/** Brings a database to the schema of this version, and drafts the next migration from a changed schema. */
import { readFile } from 'node:fs/promises';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { listMigrations, NO_FILTERS, openSchemaEngine, SCHEMA_PATH } from './schema-engine.ts';

/** Applies what is missing, and records it in `_prisma_migrations`. @returns the names that were applied. */
export async function migrate(libsql: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  await using opened = await openSchemaEngine(libsql);
  const migrationsList = await listMigrations();
  const result = await opened.engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
  return result.appliedMigrationNames;
}

/** SQL that leads from the migrations on disk to prisma/schema.prisma; empty when they agree. */
export async function draftMigration(libsql: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  await using opened = await openSchemaEngine(libsql);
  const content = await readFile(SCHEMA_PATH, 'utf8');
  const difference = await opened.engine.diff({
    from: { tag: 'migrations', ...(await listMigrations()) },
    to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA_PATH, content }] },
    script: true,
    exitCode: null,
    filters: NO_FILTERS,
  });
  const sql = difference.stdout ?? '';
  return sql.includes('This is an empty migration') ? '' : sql;
}
