/** One request to the API as its handler sees it, and what a handler may answer. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { User } from './auth.ts';
import type { GatewayParts } from './parts.ts';
import type { RateName } from './rate-limit.ts';
import { Refusal } from './refusal.ts';

/** Largest body of a request that its route says nothing else of. */
export const BODY_BYTES = 64 * 1024;

/** The body of a request that says all by its address. */
export const nothing = z.strictObject({});

export type Reply = {
  status?: number;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  text?: { type: string; body: string };
  /** Sent as it comes; `bytes` is null where nobody knows how many there will be. */
  stream?: { type: string; body: Readable; bytes: number | null };
  headers?: Record<string, string>;
  cookies?: string[];
};

export type Call<Body = unknown> = {
  parts: GatewayParts;
  request: IncomingMessage;
  /** Browser's address. */
  address: string;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Null only where the route lets anyone in. */
  user: User | null;
  body: Body;
};

export type Route = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** `:name` stands for one part of the path. */
  path: string;
  /** Default: signed in. */
  anyone?: true;
  limit?: RateName;
  body?: z.ZodType;
  /** Largest body; default `BODY_BYTES`. */
  bodyBytes?: number;
  /** The handler reads the body itself: it is no JSON. */
  raw?: true;
  /** What the answer looks like; null for an answer without a body or in plain text. */
  answer: z.ZodType | null;
  handle(call: Call): Promise<Reply> | Reply;
};

/** Ties the type of the body to its schema. */
export function route<Schema extends z.ZodType = z.ZodUndefined>(
  definition: Omit<Route, 'body' | 'handle'> & {
    body?: Schema;
    handle(call: Call<z.infer<Schema>>): Promise<Reply> | Reply;
  },
): Route {
  return definition as Route;
}

/** @throws Refusal `not_signed_in` */
export function signedIn(call: Call): User {
  if (call.user) return call.user;
  throw new Refusal('not_signed_in', 'Sign in, or start as a guest, to do this.');
}

/** @throws Refusal `bad_request` naming the field. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  throw new Refusal('bad_request', `The request is not as it should be: ${where}${issue?.message}.`);
}

/** The request's JSON; an empty body is an empty object. @throws Refusal */
export async function readJson(request: IncomingMessage, mostBytes = BODY_BYTES): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes)
      throw new Refusal('payload_too_large', `This request may have at most ${mostBytes / 1024} KiB.`);
    chunks.push(chunk);
  }
  if (size === 0) return {};
  // Forms of other sites can send text and form data without asking first; JSON they cannot.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Refusal('bad_request', 'Send JSON, with content-type application/json.');
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new Refusal('bad_request', 'The request is not valid JSON.', { cause });
  }
}
