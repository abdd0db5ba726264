/** How the app is started: which program, as whom, seeing what of the host. */
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const NEXT = 'node_modules/next/dist/bin/next';
/** nobody and nogroup on Debian. */
const NOBODY = '65534';
/** An empty directory of every Debian; only the app's own mount namespace shows something there. */
const PLACE = '/mnt';

// A checkout under /root may be read by root only: in a mount namespace of its own, which vanishes with the process,
// the app finds the checkout at a place where it may look, and nothing of the host changes.
const ENTER = `mount --bind "$1" ${PLACE} && cd ${PLACE} && shift && exec "$@"`;

export type AppPlace = {
  root: string;
  /** Where the app's server components ask for data. */
  apiPort: number;
  /** Told to learners: how long what they leave is kept. */
  keepDays: number;
  /** And how long guests who do not come back. */
  guestDays: number;
  development: boolean;
};

export type AppCommand = { command: string; args: string[]; env: NodeJS.ProcessEnv; cwd: string };

export function appCommand(options: AppPlace, port: number): AppCommand {
  const { root, apiPort, keepDays, guestDays, development } = options;
  const serve = ['-H', '127.0.0.1', '-p', String(port)];
  // Nothing is inherited: what is not named here, the app does not know.
  const env: NodeJS.ProcessEnv = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    HOME: '/nonexistent',
    NODE_ENV: development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DRYDOCK_API: `http://127.0.0.1:${apiPort}`,
    DRYDOCK_KEEP_DAYS: String(keepDays),
    DRYDOCK_GUEST_DAYS: String(guestDays),
  };
  if (development) {
    // Development writes its output into the checkout, which belongs to whoever started us, and has children of its
    // own: in a pid namespace all of them end with the first.
    const space = ['unshare', '--pid', '--fork', '--kill-child', '--'];
    const program = [process.execPath, join(root, NEXT), 'dev', ...serve];
    return { command: 'setpriv', args: ['--pdeathsig', 'KILL', '--', ...space, ...program], env, cwd: root };
  }
  const drop = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', '--no-new-privs'];
  const inner = ['setpriv', ...drop, '--inh-caps=-all', '--bounding-set=-all', '--pdeathsig', 'KILL', '--'];
  const node = process.execPath.startsWith(`${root}/`)
    ? join(PLACE, process.execPath.slice(root.length))
    : process.execPath;
  const program = [...inner, node, join(PLACE, NEXT), 'start', ...serve];
  const args = ['--mount', '--propagation', 'private', '--', 'sh', '-c', ENTER, 'sh', root, ...program];
  return { command: 'unshare', args, env, cwd: '/' };
}

/** A port on loopback that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
