import { expect, test } from 'vitest';
import { parseMounts } from './mounts.ts';

test('mount points are read with their type, blanks and optional fields too', () => {
  const text = [
    '25 30 0:23 / /proc rw,relatime shared:5 master:1 - proc proc rw',
    '98 25 0:45 / /srv/dry\\040dock/pool rw,noatime - btrfs /dev/loop0 rw,space_cache=v2',
    '',
  ].join('\n');
  expect(parseMounts(text)).toEqual([
    { at: '/proc', type: 'proc', source: 'proc' },
    { at: '/srv/dry dock/pool', type: 'btrfs', source: '/dev/loop0' },
  ]);
});
