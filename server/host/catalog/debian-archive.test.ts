import { expect, test } from 'vitest';
import { archiveOf } from './debian-archive.ts';

test('takes packages from the mirror that the host uses, and nobody else', () => {
  expect(
    archiveOf(
      [
        'https://deb.nodesource.com/node_20.x/ . nodistro',
        'http://mirror.example/debian/ Debian bookworm-updates',
        'http://mirror.example/debian/ Debian bookworm',
        'http://mirror.example/debian-security/ Debian bookworm-security',
        '',
      ].join('\n'),
    ),
  ).toEqual({ main: 'http://mirror.example/debian', security: 'http://mirror.example/debian-security' });
});

test('a host that installs from a disc gets packages from Debian itself', () => {
  expect(archiveOf('cdrom://[Debian] Debian bookworm\n')).toEqual({
    main: 'http://deb.debian.org/debian',
    security: 'http://deb.debian.org/debian-security',
  });
});
