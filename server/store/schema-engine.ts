/**
 * Prisma's schema engine as WebAssembly: migrates a database without the native binary that `prisma migrate` downloads.
 */
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import type * as EngineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';

type EngineModule = typeof EngineGlue;

export const PRISMA_DIRECTORY = resolve(import.meta.dirname, '../../prisma');
export const SCHEMA_PATH = join(PRISMA_DIRECTORY, 'schema.prisma');
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** Disposing frees the engine and its connections. */
export async function openSchemaEngine(
  libsql: SqlMigrationAwareDriverAdapterFactory,
): Promise<{ engine: SchemaEngine } & AsyncDisposable> {
  const module = await loadModule();
  const opened: SqlDriverAdapter[] = [];
  const track = (adapter: SqlDriverAdapter) => {
    opened.push(runningWholeScripts(adapter));
    return adapter;
  };
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: libsql.provider,
    adapterName: libsql.adapterName,
    connect: async () => track(await libsql.connect()),
    connectToShadowDb: async () => track(await libsql.connectToShadowDb()),
  });
  const datamodels: [string, string][] = [[SCHEMA_PATH, await readFile(SCHEMA_PATH, 'utf8')]];
  // The callback takes the engine's own log; what matters comes back as a result or an error.
  const engine = await module.SchemaEngine.new({ datamodels }, () => {}, factory);
  return {
    engine,
    async [Symbol.asyncDispose]() {
      engine.free();
      for (const adapter of opened) await adapter.dispose();
    },
  };
}

export async function listMigrations(): Promise<MigrationList> {
  const baseDir = join(PRISMA_DIRECTORY, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(baseDir, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

// The package's glue code holds one instance for the whole process: a second one would read the first one's memory.
let loaded: Promise<EngineModule> | undefined;

function loadModule(): Promise<EngineModule> {
  loaded ??= instantiate();
  return loaded;
}

// The package imports its .wasm as a module, which not every loader can: instantiate it by hand.
async function instantiate(): Promise<EngineModule> {
  const module = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const directory = dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')));
  const bytes = await readFile(join(directory, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': module as unknown as WebAssembly.ModuleImports,
  });
  const { ['__wbg_set_wasm']: setInstance } = module;
  setInstance(instance.exports);
  const { ['__wbindgen_start']: start } = instance.exports as Record<string, () => void>;
  start?.();
  return module;
}

// libsql's `execute` runs the first statement of a script and drops the rest in silence; migrations are scripts.
function runningWholeScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}
