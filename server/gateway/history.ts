/** Going back in time over HTTP: what is kept, keeping and dropping it, what a return loses, the return, a second try. */
import type { z } from 'zod';
import {
  snapshotIdSchema,
  type forkSchema,
  type keepSchema,
  type RewindRequest,
} from '#server/protocol/history.ts';
import { type Access, findSandbox } from './access.ts';
import { type Call, parse, type Reply, signedIn } from './call.ts';
import { Refusal } from './refusal.ts';
import { viewOf } from './sandboxes.ts';

export async function showHistory(call: Call): Promise<Reply> {
  return { json: await call.parts.histories.of(await idOf(call, 'watch')) };
}

export async function keepSnapshot(call: Call<z.infer<typeof keepSchema>>): Promise<Reply> {
  return { status: 201, json: await call.parts.histories.keep(await idOf(call, 'own'), call.body.name) };
}

export async function removeSnapshot(call: Call): Promise<Reply> {
  const id = await idOf(call, 'own');
  const snapshot = snapshotIdSchema.safeParse(call.params.snapshot);
  if (!snapshot.success) throw new Refusal('not_found', 'Nothing of that name is kept of this sandbox.');
  return { json: await call.parts.histories.remove(id, snapshot.data) };
}

/** Whoever takes a learner's machine back reads first what is lost by it. */
export async function showLosses(call: Call): Promise<Reply> {
  const id = await idOf(call, 'watch');
  const snapshot = parse(snapshotIdSchema, call.query.get('snapshot'));
  return { json: await call.parts.histories.losses(id, snapshot) };
}

/** Answered when it is certain to happen; how it goes is told on the feed. */
export async function rewindSandbox(call: Call<RewindRequest>): Promise<Reply> {
  const { parts, body } = call;
  const { sandbox } = await findSandbox(parts, signedIn(call), call.params.id, 'own');
  await parts.histories.rewind(sandbox.id, body);
  return { status: 202, json: await viewOf(parts, sandbox) };
}

export async function forkSandbox(call: Call<z.infer<typeof forkSchema>>): Promise<Reply> {
  const { parts, body } = call;
  const fork = await parts.histories.fork(await idOf(call, 'own'), body.snapshot);
  return { status: 201, json: await viewOf(parts, fork) };
}

async function idOf(call: Call<unknown>, access: Access): Promise<string> {
  return (await findSandbox(call.parts, signedIn(call), call.params.id, access)).sandbox.id;
}
