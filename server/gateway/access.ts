/** Who may see a sandbox, and who may change it. */
import type { Classes } from '#server/classroom/contract.ts';
import { mayWatch } from '#server/classroom/rights.ts';
import { sandboxIdSchema } from '#server/protocol/ids.ts';
import type { Sandbox, Sandboxes } from '#server/sandbox/contract.ts';
import type { User } from './auth.ts';
import { Refusal } from './refusal.ts';

/** `own`: see and change. `watch`: see only. */
export type Access = 'own' | 'watch';

export type AccessParts = {
  sandboxes: Pick<Sandboxes, 'get' | 'wasClosed'>;
  classes: Pick<Classes, 'placesOf' | 'teaches'>;
};

export function accessTo(
  { classes }: Pick<AccessParts, 'classes'>,
  user: User,
  sandbox: Pick<Sandbox, 'userId' | 'lesson'>,
): Access | null {
  if (sandbox.userId === user.id) return 'own';
  // Instructors of the learner and admins look, to help and to find faults; neither changes anything in a learner's place.
  return mayWatch(classes, user, sandbox) ? 'watch' : null;
}

/** @throws Refusal `not_found`, `not_allowed`, or `sandbox_closed` to the one whose sandbox it was. */
export async function findSandbox(
  parts: AccessParts,
  user: User,
  id: string | undefined,
  wanted: Access,
): Promise<{ sandbox: Sandbox; access: Access }> {
  const known = sandboxIdSchema.safeParse(id);
  const sandbox = known.success ? parts.sandboxes.get(known.data) : null;
  if (!sandbox) {
    if (known.success && (await parts.sandboxes.wasClosed(known.data, user.id)))
      throw new Refusal('sandbox_closed', 'This sandbox was closed. Open the lesson again for a new one.');
    throw new Refusal('not_found', 'There is no such sandbox.');
  }
  const access = accessTo(parts, user, sandbox);
  if (access === null) throw new Refusal('not_allowed', 'This sandbox belongs to somebody else.');
  if (wanted === 'own' && access !== 'own')
    throw new Refusal('not_allowed', 'You may look at this sandbox, but only its learner may change it.');
  return { sandbox, access };
}
