/** What is kept of me: to be read whole, and to be removed whole. */
import { signOut } from './account.ts';
import { type Call, type Reply, signedIn } from './call.ts';
import { savedAs } from './download.ts';
import { Refusal } from './refusal.ts';

export async function downloadMyData(call: Call): Promise<Reply> {
  const data = await call.parts.people.data(signedIn(call).id);
  const body = JSON.stringify(data, null, 2);
  return {
    text: { type: 'application/json; charset=utf-8', body },
    headers: savedAs('drydock-my-data.json'),
  };
}

/** Pages tell the two refusals apart by their hint. */
export async function removeMe(call: Call): Promise<Reply> {
  const { id } = signedIn(call);
  const outcome = await call.parts.people.remove(id);
  if (outcome === 'last_admin')
    throw new Refusal('not_allowed', 'You are the last admin. Without one nobody could run this server.', {
      hint: outcome,
    });
  if (outcome === 'owns_classes')
    throw new Refusal(
      'not_allowed',
      'You still have classes, with what learners did in them. Remove them first.',
      {
        hint: outcome,
      },
    );
  call.parts.live.dismiss(id);
  // The session went with the account; the browser forgets it too.
  const { cookies } = await signOut(call);
  return { status: 204, ...(cookies && { cookies }) };
}
