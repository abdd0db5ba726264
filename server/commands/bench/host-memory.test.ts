import { expect, test } from 'vitest';
import { chargedBytes, chargedBytesLegacy, containerOfShim } from './host-memory.ts';

test('memory that cannot be dropped is counted, page cache is not', () => {
  expect(chargedBytes('anon 100\nfile 9000\nkernel 20\nkernel_stack 5\nshmem 3\n')).toBe(123);
  const legacy =
    'cache 1\nrss 2\nshmem 4\ntotal_cache 9000\ntotal_rss 100\ntotal_rss_huge 50\ntotal_shmem 3\n';
  expect(chargedBytesLegacy(legacy, '20\n')).toBe(123);
});

test('a field that the kernel does not tell is no zero', () => {
  expect(() => chargedBytes('anon 100\nshmem 3\n')).toThrow('kernel');
});

test('only a shim names a container', () => {
  const id = 'ab'.repeat(32);
  const shim = [
    '/usr/bin/containerd-shim-runc-v2',
    '-namespace',
    'moby',
    '-id',
    id,
    '-address',
    '/run/x.sock',
  ];
  expect(containerOfShim(shim)).toBe(id);
  expect(containerOfShim(['/usr/bin/containerd', '--config', id])).toBeNull();
  expect(containerOfShim(['containerd-shim-runc-v2', 'delete'])).toBeNull();
});
