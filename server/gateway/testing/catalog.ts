/** A small catalog, in the form in which the host's comes. */
import type { Catalog } from '../held-images.ts';

export const CATALOG: Catalog = [
  {
    repository: 'library/debian',
    tags: ['13', 'latest'],
    description: { en: 'A minimal Debian', zh: '最小的 Debian' },
    compressedBytes: 30_000_000,
  },
  {
    repository: 'library/nginx',
    tags: ['1.26', 'latest'],
    description: { en: 'A web server', zh: 'Web 服务器' },
    compressedBytes: 38_000_000,
  },
  {
    repository: 'drydock/web',
    tags: ['1.0'],
    description: { en: 'The first page', zh: '第一个网页' },
    compressedBytes: 1_000_000,
  },
  {
    repository: 'drydock/web',
    tags: ['2.0', 'latest'],
    description: { en: 'A page', zh: '网页' },
    compressedBytes: 1_100_000,
  },
];
