/** Where pulled images are kept for the next who wants them; thrown away whole when it takes too much of the disk. */
import { chown, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const GIB = 1024 ** 3;
const NOBODY = 65_534;

export type CacheBounds = { mostBytes: number; leastFreeBytes: number };
export const CACHE_BOUNDS: CacheBounds = { mostBytes: 20 * GIB, leastFreeBytes: 5 * GIB };

export class Cache {
  readonly directory: string;
  readonly #bounds: CacheBounds;

  constructor(directory: string, bounds = CACHE_BOUNDS) {
    this.directory = directory;
    this.#bounds = bounds;
  }

  /** The registry that writes here is nobody. */
  async make(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await chown(this.directory, NOBODY, NOBODY);
  }

  async isTooLarge(): Promise<boolean> {
    const used = await sizeOf(this.directory);
    const { bavail, bsize } = await statfs(this.directory);
    // On a disk that others have filled, throwing nothing away would gain nothing.
    const isShort = bavail * bsize < this.#bounds.leastFreeBytes && used > 0;
    return used > this.#bounds.mostBytes || isShort;
  }

  /** Only while nobody writes. */
  async clear(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await this.make();
  }
}

async function sizeOf(directory: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true }))
    // What is gone meanwhile takes no room.
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  return sum;
}
