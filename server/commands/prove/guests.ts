/** Makes learners for the proofs the way a browser does: one click, a guest. */
import { createAuth, type Auth } from '#server/gateway/auth.ts';
import type { Log } from '#server/lib/log.ts';
import type { House } from '../house.ts';

const ORIGIN = 'http://localhost';

export type NewGuest = () => Promise<string>;

/** The returned function resolves with the id of a new guest. */
export function guestMaker(house: House, log: Log): NewGuest {
  const auth = createAuth({ ...house, origins: [ORIGIN], secret: house.secrets.session, log });
  return () => newGuest(auth);
}

async function newGuest(auth: Auth): Promise<string> {
  const headers = { origin: ORIGIN, 'content-type': 'application/json' };
  const url = `${ORIGIN}/api/auth/sign-in/anonymous`;
  const response = await auth.handle(new Request(url, { method: 'POST', headers, body: '{}' }));
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const { user } = await auth.identify(new Headers({ cookie }), { refresh: false });
  if (!user) throw new Error(`no guest could be made: ${response.status}`);
  return user.id;
}
