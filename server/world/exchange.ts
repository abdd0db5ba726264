/** One HTTP request over one dialled stream. The answer is a tenant's word: bounded in size and time here, parsed by the caller. */
import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { OWN_USER_AGENT } from '#server/engine/contract.ts';

export type Exchange = {
  path: string;
  headers: Readonly<Record<string, string>>;
  maxBytes: number;
  timeoutMs: number;
};

export type Reply = {
  status: number;
  /** Names in small letters; several of one name are joined by commas. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** False where the body was longer than was taken. */
  isWhole: boolean;
};

/** The server's own requests bear its name, so that nobody takes them for a learner's. */
export const OWN_HEADERS = {
  'user-agent': OWN_USER_AGENT,
  // Of a trace that is not sampled (W3C Trace Context): an engine neither records nor exports what it does for us.
  traceparent: '00-d7d0c000000000000000000000000000-d7d0c00000000000-00',
};

/** There was no answer, it was not HTTP, or it did not come in time. */
export class ExchangeError extends Error {
  constructor(path: string, options: ErrorOptions) {
    super(`${path} got no answer`, options);
    this.name = 'ExchangeError';
  }
}

/** Ends the stream in any case. Rejects with ExchangeError. */
export async function exchange(stream: Duplex, asked: Exchange): Promise<Reply> {
  // Connecting took its time before: this is about the answer alone.
  const signal = AbortSignal.timeout(asked.timeoutMs);
  try {
    const reply = await send(stream, asked, signal);
    const { body, isWhole } = await readStart(reply, asked.maxBytes);
    return { status: reply.statusCode ?? 0, headers: flat(reply.headers), body, isWhole };
  } catch (error) {
    throw new ExchangeError(asked.path, { cause: error });
  } finally {
    stream.destroy();
  }
}

function send(stream: Duplex, { path, headers }: Exchange, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        path,
        headers: { ...OWN_HEADERS, connection: 'close', ...headers },
        createConnection: () => stream,
        signal,
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end();
  });
}

async function readStart(
  reply: IncomingMessage,
  maxBytes: number,
): Promise<{ body: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size > maxBytes) return { body: Buffer.concat(chunks), isWhole: false };
  }
  return { body: Buffer.concat(chunks), isWhole: true };
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
