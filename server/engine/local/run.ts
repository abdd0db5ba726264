/** Runs a process in a machine to its end and collects what it printed, within bounds of time and size. */
import type { Readable } from 'node:stream';
import { EngineError, type RunResult } from '../contract.ts';
import type { StartedProcess } from './exec.ts';

const TIMEOUT_MS = 60_000;
const OUTPUT_MAX_BYTES = 1024 * 1024;

export type RunOptions = { input?: string | Buffer; timeoutMs?: number; maxBytes?: number };

export async function runToEnd(process: StartedProcess, options: RunOptions): Promise<RunResult> {
  const maxBytes = options.maxBytes ?? OUTPUT_MAX_BYTES;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new EngineError('machine_unreachable', `The process took more than ${timeoutMs} ms.`)),
    timeoutMs,
  );
  process.stdin.end(options.input ?? '');
  const all = Promise.all([
    collect(process.stdout, maxBytes),
    collect(process.stderr, maxBytes),
    process.exit,
  ]);
  try {
    const [stdout, stderr, code] = await Promise.race([all, late.promise]);
    return { code, stdout, stderr };
  } catch (error) {
    await process.kill().catch(() => undefined);
    process.close();
    // It was lost in the race: whatever it still says has been told by `error`.
    all.catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Reads to the end and keeps the first `maxBytes`, so that the process never waits for us. */
async function collect(stream: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (size >= maxBytes) continue;
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}
