/** Connects to a TCP port of a machine by its address, or to a unix socket in it through a process there. */
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { EngineError } from '../contract.ts';
import type { StartedProcess } from './exec.ts';

const CONNECT_TIMEOUT_MS = 5_000;

export function dialPort(address: string, port: number): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const socket = connect({ host: address, port, noDelay: true, timeout: CONNECT_TIMEOUT_MS });
  const fail = (cause?: Error) => {
    socket.destroy();
    const message = `Nothing answers on port ${port} of ${address}.`;
    reject(new EngineError('machine_unreachable', message, { cause }));
  };
  const late = () => fail();
  socket.once('error', fail);
  socket.once('timeout', late);
  socket.once('connect', () => {
    socket.off('error', fail);
    socket.off('timeout', late);
    socket.setTimeout(0);
    resolve(socket);
  });
  return promise;
}

/** The process relays its standard input and output to the socket. */
export function throughProcess(process: StartedProcess): Duplex {
  process.stderr.resume();
  const duplex = Duplex.from({ readable: process.stdout, writable: process.stdin });
  duplex.once('close', () => process.close());
  return duplex;
}

/** True when the process ended with 0. Its input ends with the signal, and with it a process that heeds its input. */
export async function endsWell(process: StartedProcess, signal: AbortSignal): Promise<boolean> {
  const letGo = () => {
    process.stdin.end();
    process.close();
  };
  process.stdout.resume();
  process.stderr.resume();
  signal.addEventListener('abort', letGo, { once: true });
  if (signal.aborted) letGo();
  try {
    return (await process.exit) === 0;
  } finally {
    signal.removeEventListener('abort', letGo);
  }
}
