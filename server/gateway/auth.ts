/** Who is signed in: guests by one click, accounts by e-mail and password. better-auth keeps sessions and passwords. */
import { randomInt } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { anonymous } from 'better-auth/plugins/anonymous';
import type { Classes } from '#server/classroom/contract.ts';
import type { Log } from '#server/lib/log.ts';
import { PASSWORD_MAX, PASSWORD_MIN, type Role, roleSchema } from '#server/protocol/account.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { OpenedStore } from '#server/store/open.ts';
import type { Tasks } from '#server/tasks/contract.ts';

export type User = { id: string; name: string; email: string | null; role: Role };

export type AuthOptions = {
  origins: readonly string[];
  secret: string;
  store: Pick<OpenedStore, 'users' | 'authClient'>;
  sandboxes: Pick<Sandboxes, 'adopt'>;
  tasks: Pick<Tasks, 'catchUp'>;
  classes: Pick<Classes, 'adopt'>;
  log: Log;
};

export interface Auth {
  /** Hands one of better-auth's own endpoints a request; its answer may set cookies. */
  handle(request: Request): Promise<Response>;
  /** The signed-in user. `cookies` prolong the session in the browser; empty unless `refresh` and due. */
  identify(
    headers: Headers,
    options: { refresh: boolean },
  ): Promise<{ user: User | null; cookies: string[] }>;
}

const DAY_SECONDS = 24 * 3600;

export function createAuth({ origins, secret, store, sandboxes, tasks, classes, log }: AuthOptions): Auth {
  const tls = origins.some((origin) => origin.startsWith('https:'));
  const auth = betterAuth({
    appName: 'Drydock',
    baseURL: origins[0],
    basePath: '/api/auth',
    trustedOrigins: [...origins],
    secret,
    database: prismaAdapter(store.authClient, { provider: 'sqlite' }),
    telemetry: { enabled: false },
    // The gateway limits every route in one place, these too.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    // Read from the database each time (2 ms): a changed role or an ended session holds at once.
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS, cookieCache: { enabled: false } },
    user: { additionalFields: { role: { type: 'string', defaultValue: 'learner', input: false } } },
    databaseHooks: { user: { create: { after: () => store.users.crownFirst() } } },
    plugins: [
      anonymous({
        emailDomainName: 'guest.drydock.invalid',
        generateName: () => `Guest ${randomInt(1000, 10_000)}`,
        async onLinkAccount({ anonymousUser, newUser }) {
          // Sandboxes in memory first: what they save from now on goes to the account. The guest is deleted after this.
          sandboxes.adopt(anonymousUser.user.id, newUser.user.id);
          await classes.adopt(anonymousUser.user.id, newUser.user.id);
          await store.users.adopt(anonymousUser.user.id, newUser.user.id);
          await tasks.catchUp(newUser.user.id);
        },
      }),
    ],
    advanced: {
      // Without a Domain: of this host only. A learner's page on a neighbouring name could still lay a cookie of the
      // same name over it; under TLS the prefix makes browsers refuse one that another host set.
      cookiePrefix: tls ? '__Host-drydock' : 'drydock',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: tls, path: '/' },
      // The gateway overwrites this header with what its socket says.
      ipAddress: { ipAddressHeaders: ['x-real-ip'] },
    },
    logger: { log: (level, message) => log[level === 'error' ? 'error' : 'debug'](message) },
  });

  return {
    handle: (request) => auth.handler(request),
    async identify(headers, { refresh }) {
      if (!headers.has('cookie')) return { user: null, cookies: [] };
      const found = await auth.api.getSession({
        headers,
        query: { disableRefresh: !refresh },
        returnHeaders: true,
      });
      const cookies = refresh ? found.headers.getSetCookie() : [];
      return { user: found.response && userOf(found.response.user), cookies };
    },
  };
}

type SessionUser = {
  id: string;
  name: string;
  email: string;
  role?: string | null;
  isAnonymous?: boolean | null;
};

function userOf({ id, name, email, role, isAnonymous }: SessionUser): User {
  if (isAnonymous) return { id, name, email: null, role: 'guest' };
  return { id, name, email, role: roleSchema.parse(role) };
}
