/** Asks a web server in the machine, over the machine's address. */
import type { Duplex } from 'node:stream';
import { exchange, ExchangeError } from '../exchange.ts';
import type { HttpFinding, HttpProbe } from './contract.ts';
import { MAX_BYTES, type Reach } from './reach.ts';

const ANSWER_MS = 2_000;

export async function lookAtPage({ engine, ref }: Reach, probe: HttpProbe): Promise<HttpFinding> {
  const { port, path } = probe;
  let stream: Duplex;
  try {
    stream = await engine.dial(ref, { port });
  } catch (error) {
    if (isRefused(error)) return { type: 'refused' };
    throw error;
  }
  try {
    const headers = { host: `localhost:${port}`, accept: '*/*', ...probe.headers };
    const reply = await exchange(stream, { path, headers, maxBytes: MAX_BYTES, timeoutMs: ANSWER_MS });
    return {
      type: 'answer',
      status: reply.status,
      headers: reply.headers,
      text: reply.body.toString('utf8'),
    };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    // Whatever it said instead, it was not HTTP, or not in time: that is what there is to see.
    return { type: 'silent' };
  }
}

/** The machine answered that nobody listens; anything else says nothing of the port. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
