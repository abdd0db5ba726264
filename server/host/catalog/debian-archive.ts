/** Where packages come from: the mirror that this host itself uses, for the release that the catalog is built from. */
import { must } from '../run.ts';

export const RELEASE = 'trixie';

export type DebianArchive = { main: string; security: string };

const DEFAULT_ARCHIVE: DebianArchive = {
  main: 'http://deb.debian.org/debian',
  security: 'http://deb.debian.org/debian-security',
};

export async function findArchive(): Promise<DebianArchive> {
  const format = '$(REPO_URI) $(ORIGIN) $(CODENAME)';
  return archiveOf(await must('apt-get', ['indextargets', '--format', format, 'Identifier: Packages']));
}

/** From lines of `URI ORIGIN CODENAME`; the defaults where the host names no Debian mirror of its own. */
export function archiveOf(indexTargets: string): DebianArchive {
  const mirrors = indexTargets
    .split('\n')
    .map((line) => line.trim().split(' '))
    .flatMap(([uri, origin, codename]) =>
      uri && codename && origin === 'Debian' && /^https?:\/\//.test(uri)
        ? [{ uri: uri.replace(/\/$/, ''), codename }]
        : [],
    );
  return {
    main: mirrors.find((mirror) => !mirror.codename.includes('-'))?.uri ?? DEFAULT_ARCHIVE.main,
    security:
      mirrors.find((mirror) => mirror.codename.endsWith('-security'))?.uri ?? DEFAULT_ARCHIVE.security,
  };
}

/** One-line sources of the release with its updates and security fixes. */
export function sourceLines(archive: DebianArchive): string[] {
  return [
    `deb ${archive.main} ${RELEASE} main`,
    `deb ${archive.main} ${RELEASE}-updates main`,
    `deb ${archive.security} ${RELEASE}-security main`,
  ];
}
