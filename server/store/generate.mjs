/** Makes the database client from prisma/schema.prisma unless it is there and up to date. Plain JavaScript: runs before anything else. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const GENERATED = join(import.meta.dirname, 'generated');
const STAMP = join(GENERATED, 'stamp');

/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path));

const wanted = createHash('sha256')
  .update(read('prisma/schema.prisma'))
  .update(read('prisma/prisma.config.ts'))
  .update(read('node_modules/prisma/package.json'))
  .digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) generate();

function generate() {
  const prisma = join(ROOT, 'node_modules/prisma/build/index.js');
  const run = spawnSync(process.execPath, [prisma, 'generate', '--config', 'prisma/prisma.config.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    // Neither update checks nor usage reports: this may run on a host without a way out.
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1', NO_COLOR: '1' },
  });
  if (run.status !== 0) {
    process.stderr.write(
      `The database client could not be generated from prisma/schema.prisma:\n${run.stdout}${run.stderr}`,
    );
    process.exitCode = 1;
    return;
  }
  mkdirSync(GENERATED, { recursive: true });
  writeFileSync(STAMP, wanted);
}
