/** The first account of an instance becomes admin: it is made before any story, so that somebody may teach. */
import { request, type FullConfig } from '@playwright/test';

export const FIRST_ACCOUNT = {
  name: 'Lena Torres',
  email: 'lena.torres@example.org',
  password: 'teaches with patience',
} as const;

export default async function makeFirstAccount(config: FullConfig): Promise<void> {
  const { baseURL } = config.projects[0]!.use;
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { origin: new URL(baseURL!).origin } });
  // An instance that has served stories before has it already.
  await api.post('/api/auth/sign-up/email', { data: FIRST_ACCOUNT });
  const signedIn = await api.post('/api/auth/sign-in/email', { data: FIRST_ACCOUNT_SIGN_IN });
  if (!signedIn.ok()) throw new Error(`the first account cannot sign in: ${signedIn.status()}`);
  await api.dispose();
}

const FIRST_ACCOUNT_SIGN_IN = { email: FIRST_ACCOUNT.email, password: FIRST_ACCOUNT.password };
