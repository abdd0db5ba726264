/** Sees to it that one server at a time serves from a data directory; the kernel frees the place however it ends. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

export class ServingError extends Error {
  readonly code = 'already_serving';
  constructor(message: string) {
    super(message);
    this.name = 'ServingError';
  }
}

/** Also writes `server.pid`, for people and scripts. @throws ServingError naming the one that serves. */
export async function takeServingLock(dataDirectory: string): Promise<Disposable> {
  const pidFile = join(dataDirectory, 'server.pid');
  // An abstract unix socket, unix(7): bound by one process only, and gone with it.
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 32);
  const lock = createServer((socket) => socket.destroy());
  const free = await new Promise<boolean>((resolve, reject) => {
    lock.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    lock.listen(`\0drydock-server-${name}`, () => resolve(true));
  });
  if (!free) {
    const pid = await readFile(pidFile, 'utf8').catch(() => '');
    const who = pid.trim() ? `process ${pid.trim()}` : 'another process';
    throw new ServingError(
      `A server works on ${dataDirectory} already (${who}). ` +
        'Stop it first, or give this one a directory and a port of its own with DRYDOCK_DATA and PORT.',
    );
  }
  lock.unref();
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(pidFile, `${process.pid}\n`);
  return { [Symbol.dispose]: () => void lock.close() };
}
