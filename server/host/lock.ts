/** Locks between processes on this host that the kernel lets go of when their holder dies, however it dies. */
import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this host holds the lock of this name.
 * An abstract unix socket (unix(7)) is the lock: bound by one process only, and free the moment that process ends.
 */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const address = `\0drydock-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  const waiting = new Set<Socket>();
  const lock = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => waiting.delete(socket));
  });
  while (!(await listens(lock, address))) await untilFree(address);
  try {
    return await work();
  } finally {
    lock.close();
    for (const socket of waiting) socket.destroy();
  }
}

function listens(lock: ReturnType<typeof createServer>, address: string): Promise<boolean> {
  return new Promise((settle, fail) => {
    const failed = (error: NodeJS.ErrnoException) => {
      lock.off('listening', works);
      if (error.code === 'EADDRINUSE') settle(false);
      else fail(error);
    };
    const works = () => {
      lock.off('error', failed);
      lock.unref();
      settle(true);
    };
    lock.once('error', failed).once('listening', works).listen(address);
  });
}

/** Waits on a connection to the holder, which breaks when the holder lets go. */
async function untilFree(address: string): Promise<void> {
  await new Promise<void>((settle) => {
    const socket = connect(address);
    socket.on('error', () => settle()).on('close', () => settle());
    socket.resume();
  });
  await pause(20);
}
