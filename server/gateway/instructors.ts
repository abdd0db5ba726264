/** Who may make classes: an admin names them by their address, and takes it back. */
import type { z } from 'zod';
import type { Instructor, newInstructorSchema } from '#server/protocol/account.ts';
import { type Call, type Reply, signedIn } from './call.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';

export async function listInstructors(call: Call): Promise<Reply> {
  demandAdmin(call);
  return instructors(call.parts);
}

/** An admin is one already. */
export async function addInstructor(call: Call<z.infer<typeof newInstructorSchema>>): Promise<Reply> {
  demandAdmin(call);
  const { users } = call.parts.store;
  const account = await users.byEmail(call.body.email);
  if (!account)
    throw new Refusal(
      'not_found',
      'Nobody has an account with this address. They make one first, then you add it.',
    );
  if (account.role === 'learner') await users.setRole(account.id, 'instructor');
  return instructors(call.parts);
}

/** Their classes stay; an admin can open them, they themselves no longer. */
export async function removeInstructor(call: Call): Promise<Reply> {
  demandAdmin(call);
  const { users } = call.parts.store;
  const account = await users.get(call.params.user!);
  if (account?.role !== 'instructor') throw new Refusal('not_found', 'There is no such instructor.');
  await users.setRole(account.id, 'learner');
  // What is open was opened by right of the role.
  call.parts.live.dismiss(account.id);
  return instructors(call.parts);
}

async function instructors({ store }: GatewayParts): Promise<Reply> {
  const found = await store.users.instructors();
  return { json: found.map(({ id, name, email }): Instructor => ({ id, name, email: email! })) };
}

function demandAdmin(call: Call<unknown>): void {
  if (signedIn(call as Call).role === 'admin') return;
  throw new Refusal('not_allowed', 'Only an admin may do this.');
}
