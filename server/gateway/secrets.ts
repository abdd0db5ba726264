/** The server's secret: made once, readable by root only; every key is derived from it for one purpose. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Secrets = {
  /** Signs the cookies of sessions. */
  session: string;
  /** Makes the nonces by which shell marks are known to be the shell's own. */
  terminalNonce: string;
  /** Seals the keys in the addresses of previews. */
  preview: string;
};

const SECRET = /^[0-9a-f]{64}$/;

export async function openSecrets(dataDirectory: string): Promise<Secrets> {
  const secret = await readOrMake(join(dataDirectory, 'secret'));
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', `drydock ${purpose}`, 32)).toString('hex');
  return {
    session: derive('session'),
    terminalNonce: derive('terminal-nonce'),
    preview: derive('preview'),
  };
}

async function readOrMake(path: string): Promise<string> {
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (kept !== null) {
    const secret = kept.trim();
    if (SECRET.test(secret)) return secret;
    throw new Error(
      `${path} does not hold a secret. Remove it to have a new one made: everybody signs in again.`,
    );
  }
  await mkdir(join(path, '..'), { recursive: true });
  // Written whole beside its place, then put there in one step: a server killed in between leaves no half secret.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return readOrMake(path);
}
