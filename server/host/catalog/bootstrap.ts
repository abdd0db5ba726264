/** Makes the Debian that every image stands on, and the package lists that its layers are installed from. */
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';
import { findArchive, RELEASE, sourceLines, type DebianArchive } from './debian-archive.ts';
import { buildFailure } from './errors.ts';
import { runInNamespace } from './namespace.ts';

/** Root certificates of the host, so that steps can use an https mirror before ca-certificates is installed. */
const HOST_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

export type Bootstrap = {
  /** Debian's point release, `13.7`. */
  release: string;
  /** When that was made: the newest date in any layer and the date of every image. */
  epochSeconds: number;
};

/** `rootfs` gets the minimal system with the files of `overlay` on it; `apt` gets lists, sources and cache for steps. */
export async function bootstrapDebian(place: {
  rootfs: string;
  overlay: string;
  apt: string;
  tidy: string;
}): Promise<Bootstrap> {
  const archive = await findArchive();
  const small = join(place.overlay, 'etc/dpkg/dpkg.cfg.d/small-images');
  const made = await runInNamespace('mmdebstrap', [
    '--variant=minbase',
    // Lists are moved out below; the date of the release is in them.
    '--skip=cleanup/apt/lists',
    '--dpkgopt=force-unsafe-io',
    `--dpkgopt=${small}`,
    RELEASE,
    place.rootfs,
    ...sourceLines(archive),
  ]);
  if (made.code !== 0) throw buildFailure('a minimal Debian', made);

  const epochSeconds = await releaseDate(join(place.rootfs, 'var/lib/apt/lists'));
  await layOutApt(place, archive);
  await rm(join(place.rootfs, 'etc/apt/sources.list'));
  await rm(join(place.rootfs, 'etc/dpkg/dpkg.cfg.d/99mmdebstrap'), { force: true });
  await cp(place.overlay, place.rootfs, { recursive: true });
  const tidied = await run(place.tidy, [place.rootfs]);
  if (tidied.code !== 0) throw buildFailure('tidying the minimal Debian', tidied);
  const release = (await readFile(join(place.rootfs, 'etc/debian_version'), 'utf8')).trim();
  return { release, epochSeconds };
}

async function layOutApt(place: { rootfs: string; apt: string }, archive: DebianArchive): Promise<void> {
  await mkdir(join(place.apt, 'cache/archives/partial'), { recursive: true });
  await mkdir(join(place.apt, 'sources'), { recursive: true });
  await rename(join(place.rootfs, 'var/lib/apt/lists'), join(place.apt, 'lists'));
  // What our umask takes away must not be missing in the image.
  await mkdir(join(place.rootfs, 'var/lib/apt/lists'));
  await chmod(join(place.rootfs, 'var/lib/apt/lists'), 0o755);
  await writeFile(join(place.apt, 'sources/build.list'), `${sourceLines(archive).join('\n')}\n`);
  const settings = ['DPkg::Options { "--force-unsafe-io"; };', 'APT::Sandbox::User "root";'];
  if (archive.main.startsWith('https:') || archive.security.startsWith('https:')) {
    await cp(HOST_CERTIFICATES, join(place.apt, 'cache/ca.crt'));
    settings.push('Acquire::https::CAInfo "/var/cache/apt/ca.crt";');
  }
  await writeFile(join(place.apt, 'cache/build.conf'), `${settings.join('\n')}\n`);
}

/** The Date field of the release's own InRelease (deb822, RFC 2822 date). Updates and security move daily; it does not. */
async function releaseDate(lists: string): Promise<number> {
  const name = (await readdir(lists)).find((file) => file.endsWith(`_dists_${RELEASE}_InRelease`));
  if (!name) throw new Error(`invariant: apt kept no InRelease of ${RELEASE}`);
  const date = /^Date: (.+)$/m.exec(await readFile(join(lists, name), 'utf8'))?.[1];
  const milliseconds = Date.parse(date ?? '');
  if (Number.isNaN(milliseconds)) throw new Error(`invariant: ${name} has no date`);
  return Math.floor(milliseconds / 1000);
}
