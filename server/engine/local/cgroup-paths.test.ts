import { expect, test } from 'vitest';
import { locateGroups, parseMounts } from './cgroup-paths.ts';

const ID = 'f00d'.repeat(16);
const V1 = parseMounts(
  [
    '24 1 0:22 / /proc rw,nosuid - proc proc rw',
    '30 24 0:26 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct',
    '31 24 0:27 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory',
    '32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate',
    '33 24 0:29 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd',
  ].join('\n'),
);
const V2 = parseMounts('30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate');

test('every v1 hierarchy is found where it is mounted', () => {
  const groups = locateGroups(
    `5:name=systemd:/docker/${ID}\n4:memory:/docker/${ID}\n3:cpu,cpuacct:/docker/${ID}\n0::/\n`,
    ID,
    V1,
  );
  expect(groups).toEqual({
    version: 1,
    directories: [
      { controllers: ['name=systemd'], path: `/sys/fs/cgroup/systemd/docker/${ID}` },
      { controllers: ['memory'], path: `/sys/fs/cgroup/memory/docker/${ID}` },
      { controllers: ['cpu', 'cpuacct'], path: `/sys/fs/cgroup/cpu,cpuacct/docker/${ID}` },
    ],
  });
});

test('a tenant that moved its first process deeper does not move our sight', () => {
  const scope = `/system.slice/docker-${ID}.scope`;
  expect(locateGroups(`0::${scope}/init/deeper\n`, ID, V2)?.directories[0]?.path).toBe(
    `/sys/fs/cgroup${scope}`,
  );
});

test('a process that is not in the container has no groups', () => {
  expect(locateGroups('0::/user.slice/session-1.scope\n', ID, V2)).toBeNull();
});
