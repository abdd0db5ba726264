/** Signing in and out, who I am, and how the server is. */
import type { z } from 'zod';
import type { Me, signInSchema, signUpSchema } from '#server/protocol/account.ts';
import type { User } from './auth.ts';
import type { Call, Reply } from './call.ts';
import { isFromThisHost } from './origin.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';

export async function getHealth({ parts }: Call): Promise<Reply> {
  const health = await parts.health();
  return { status: health.ok ? 200 : 503, json: health };
}

export async function getMetrics({ parts, request, user }: Call): Promise<Reply> {
  // How busy a class is, is nobody's business but the operator's.
  if (!isFromThisHost(request) && user?.role !== 'admin')
    throw new Refusal('not_allowed', 'Metrics are read on the server itself, or by an admin.');
  return { text: await parts.measures.expose() };
}

export async function getMe({ parts, user }: Call): Promise<Reply> {
  return { json: await meOf(parts, user) };
}

/** Asked again by one who is signed in already, it changes nothing. */
export async function signInAsGuest(call: Call): Promise<Reply> {
  if (call.user) return getMe(call);
  return askAuth(call, 'sign-in/anonymous', {});
}

export async function signInWithPassword(call: Call<z.infer<typeof signInSchema>>): Promise<Reply> {
  const email = call.body.email.toLowerCase();
  if (!call.parts.limit.take('signInAddress', email))
    throw new Refusal('too_many_requests', 'Too many attempts for this address. Wait a minute.');
  return askAuth(call, 'sign-in/email', call.body);
}

export function signUp(call: Call<z.infer<typeof signUpSchema>>): Promise<Reply> {
  return askAuth(call, 'sign-up/email', call.body);
}

export function signOut(call: Call): Promise<Reply> {
  return askAuth(call, 'sign-out', {});
}

async function meOf(parts: GatewayParts, user: User | null): Promise<Me> {
  return { user, firstAccount: (await parts.store.users.countAccounts()) === 0 };
}

/** better-auth's answer holds the session's token, which scripts must not see: take its cookies and answer `Me`. */
async function askAuth(call: Call, endpoint: string, body: unknown): Promise<Reply> {
  const { parts, request } = call;
  const headers = new Headers({ 'content-type': 'application/json', 'x-real-ip': call.address });
  for (const name of ['cookie', 'origin', 'user-agent'] as const)
    if (request.headers[name] !== undefined) headers.set(name, request.headers[name]);
  const url = `${parts.origins[0]}/api/auth/${endpoint}`;
  const response = await parts.auth.handle(
    new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
  if (!response.ok) throw await refusalOf(response);
  const cookies = response.headers.getSetCookie();
  const { user } = await parts.auth.identify(new Headers({ cookie: cookieHeader(cookies) }), {
    refresh: false,
  });
  return { json: await meOf(parts, user), cookies };
}

/** What a browser would send back after these Set-Cookie lines. */
function cookieHeader(cookies: string[]): string {
  return cookies.map((line) => line.split(';', 1)[0]).join('; ');
}

async function refusalOf(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => null)) as { code?: unknown; message?: unknown } | null;
  const hint = typeof body?.code === 'string' ? body.code : undefined;
  const message = typeof body?.message === 'string' ? body.message : 'That did not work.';
  if (response.status >= 500) return new Error(`better-auth answered ${response.status}: ${hint} ${message}`);
  if (response.status === 401 || response.status === 403)
    return new Refusal('not_allowed', message, { hint });
  if (response.status === 429) return new Refusal('too_many_requests', message, { hint });
  return new Refusal('bad_request', message, { hint });
}
