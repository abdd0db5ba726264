/** Settings of `prisma generate`; the server itself never reads them. */
import { defineConfig } from 'prisma/config';

// Generating the client wants to download a native engine that it never runs: any program in its place will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: './schema.prisma', migrations: { path: './migrations' } });
