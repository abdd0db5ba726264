/** Step: what no installation can mend is looked at first, so that a start fails at once or not at all. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { HostConfig, Step } from './contract.ts';
import { SetUpError } from './errors.ts';
import { layoutOf, type Layout } from './layout.ts';
import { lastWords, run } from './run.ts';

export function checkRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new SetUpError('not_root', {
    sentence: 'Drydock must be started as root: it runs an engine, mounts a disk and sets up a network.',
    wayOut: 'Start it with sudo, or as root.',
  });
}

/** unix(7): the path of a socket, with the zero byte at its end. */
const SOCKET_PATH_MAX_BYTES = 108;

export function checkDirectory({ dataDirectory }: HostConfig): void {
  const longest = `${layoutOf(dataDirectory).containerdSocket}.ttrpc`;
  const over = Buffer.byteLength(longest) + 1 - SOCKET_PATH_MAX_BYTES;
  if (over <= 0 && !/[\s,"']/.test(dataDirectory)) return;
  throw new SetUpError('directory_unsuitable', {
    sentence:
      over > 0
        ? `The path of the data directory ${dataDirectory} is ${over} bytes too long for the sockets in it.`
        : `The path of the data directory ${dataDirectory} has a blank, comma or quote in it, which its daemons cannot read.`,
    wayOut: 'Choose another one: DRYDOCK_DATA=/srv/drydock npm start.',
  });
}

/** Port 0 stands for "any" and is always free. */
export async function checkPort(config: HostConfig): Promise<void> {
  const { host, port } = config;
  if (port === 0) return;
  const probe = createServer();
  try {
    await new Promise<void>((settle, fail) => probe.once('error', fail).listen({ host, port }, settle));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SetUpError('port_taken', {
      sentence:
        code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is taken by another program.`
          : `Cannot listen on port ${port} of ${host} (${code}).`,
      wayOut: `Choose another one: PORT=${port + 1} npm start (or end what listens there: ss -tlnp).`,
      cause,
    });
  } finally {
    await new Promise((settle) => probe.close(settle));
  }
}

/** Tries out, once per boot, the one thing of the kernel that machines cannot do without. */
export function kernelStep(layout: Layout): Step<true> {
  const stamp = join(layout.run, 'kernel-checked');
  return {
    title: 'Kernel',
    check: async () => ((await readFile(stamp, 'utf8').catch(() => '')) === (await bootId()) ? true : null),
    async apply() {
      await mkdir(layout.run, { recursive: true });
      await checkUserOverlay(layout.run);
      await writeFile(stamp, await bootId());
      return true;
    },
  };
}

export async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

async function checkUserOverlay(near: string): Promise<void> {
  await run('modprobe', ['overlay']);
  const directory = await mkdtemp(join(near, 'overlay-'));
  try {
    const script =
      'cd "$1" && mkdir lower upper work merged && ' +
      'mount -t overlay overlay -o userxattr,lowerdir=lower,upperdir=upper,workdir=work merged && touch merged/x';
    const tried = await run('unshare', [
      '--user',
      '--map-root-user',
      '--mount',
      'sh',
      '-c',
      script,
      'sh',
      directory,
    ]);
    if (tried.code === 0) return;
    throw new SetUpError('kernel_unsuitable', {
      sentence: `This kernel cannot mount an overlay in a user namespace, which every machine needs: ${lastWords(tried)}`,
      wayOut:
        'Use Linux 5.11 or newer with user namespaces on (sysctl user.max_user_namespaces above 0), on a plain host or a virtual machine rather than in a container.',
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
