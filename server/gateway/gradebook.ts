/** Gradebooks over HTTP: for instructors as a page and a table, for other programs by a token. */
import type { z } from 'zod';
import { tokenIdSchema } from '#server/protocol/classes.ts';
import type { newTokenSchema } from '#server/protocol/gradebook.ts';
import { type Call, type Reply } from './call.ts';
import { classOf, personOf } from './classes.ts';
import { savedAs } from './download.ts';
import { Refusal } from './refusal.ts';

const BEARER = /^Bearer (ddk_[\w-]{43})$/i;

export async function showGradebook(call: Call): Promise<Reply> {
  return { json: await call.parts.gradebooks.of(personOf(call), classOf(call)) };
}

/** With `?bom=1` as Excel wants it. */
export async function downloadGradebook(call: Call): Promise<Reply> {
  const { classes, gradebooks } = call.parts;
  const [person, id] = [personOf(call), classOf(call)];
  const { name } = classes.taught(person, id);
  const body = await gradebooks.csv(person, id, { mark: call.query.get('bom') === '1' });
  return { text: { type: 'text/csv; charset=utf-8; header=present', body }, headers: savedAs(`${name}.csv`) };
}

export async function listTokens(call: Call): Promise<Reply> {
  return { json: await call.parts.gradebooks.tokens(personOf(call), classOf(call)) };
}

export async function makeToken(call: Call<z.infer<typeof newTokenSchema>>): Promise<Reply> {
  const made = await call.parts.gradebooks.makeToken(personOf(call), classOf(call), call.body.name);
  return { status: 201, json: made };
}

export async function removeToken(call: Call): Promise<Reply> {
  const token = tokenIdSchema.safeParse(call.params.token);
  const id = token.success ? token.data : '';
  await call.parts.gradebooks.removeToken(personOf(call), classOf(call), id);
  return { status: 204 };
}

/** For other programs: no cookie, no page. The token says which class. */
export async function readGradebook({ parts, request, address }: Call): Promise<Reply> {
  // Before anything is looked up: who has tried so many has none.
  if (parts.limit.isSpent('badToken', address))
    throw new Refusal('too_many_requests', 'Too many wrong tokens. Wait a minute.');
  const secret = BEARER.exec(request.headers.authorization ?? '')?.[1];
  const book = secret === undefined ? null : await parts.gradebooks.byToken(secret);
  if (book) return { json: book };
  parts.limit.take('badToken', address);
  throw new Refusal('not_signed_in', 'This token opens no gradebook.', {
    hint: 'Send the header: Authorization: Bearer ddk_… An instructor makes tokens in the settings of a class.',
  });
}
