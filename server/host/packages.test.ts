import { expect, test } from 'vitest';
import { HOST_PACKAGES, TEST_PACKAGES } from './package-list.ts';
import { missingPackages } from './packages.ts';

test('a package is missing when any of its programs is', () => {
  const missing = missingPackages(HOST_PACKAGES, (file) => file !== 'runc' && file !== 'nft');
  expect(missing.map(({ name }) => name)).toEqual(['docker.io', 'nftables']);
});

test('a Docker that is there from elsewhere is not replaced by Debian’s', () => {
  const dockerCe = ['dockerd', 'containerd', 'runc'];
  const missing = missingPackages(HOST_PACKAGES, (file) => dockerCe.includes(file));
  expect(missing.map(({ name }) => name)).not.toContain('docker.io');
});

test('every package says why it is needed', () => {
  for (const { name, why, provides } of [...HOST_PACKAGES, ...TEST_PACKAGES]) {
    expect(why, name).toMatch(/^\w.+[^.]$/);
    expect(provides, name).not.toEqual([]);
  }
});
