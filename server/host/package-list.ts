/** The Debian packages that Drydock stands on, each with the reason that the operator is told. */
export type Package = {
  name: string;
  why: string;
  /** There already when all of these are: programs by name, other files by absolute path. */
  provides: string[];
  /** Background services it would start; we run our own instead. */
  services?: string[];
};

export const HOST_PACKAGES: Package[] = [
  {
    name: 'docker.io',
    why: 'the engine that runs the machines',
    provides: ['dockerd', 'containerd', 'runc'],
    services: ['docker.service', 'docker.socket', 'containerd.service'],
  },
  { name: 'btrfs-progs', why: 'disks with quotas and snapshots', provides: ['btrfs', 'mkfs.btrfs'] },
  { name: 'iproute2', why: 'the network address that machines may reach', provides: ['ip'] },
  { name: 'nftables', why: 'the firewall around the machines', provides: ['nft'] },
  {
    name: 'iptables',
    why: 'lets machines of one sandbox talk beside another Docker',
    provides: ['iptables'],
  },
  { name: 'dnsmasq-base', why: 'names for machines', provides: ['dnsmasq'] },
  {
    name: 'docker-registry',
    why: 'serves images to machines',
    provides: ['docker-registry'],
    services: ['docker-registry.service'],
  },
  {
    name: 'mmdebstrap',
    why: 'builds the machine and the images from Debian packages',
    provides: ['mmdebstrap'],
  },
  { name: 'gcc', why: 'compiles the small programs inside a machine', provides: ['gcc'] },
  {
    name: 'musl-tools',
    why: 'makes these programs independent of the system',
    provides: ['musl-gcc'],
  },
  { name: 'kmod', why: 'loads the kernel modules for disks and overlays', provides: ['modprobe'] },
  { name: 'mount', why: 'mounts the disk pool', provides: ['mount', 'umount', 'losetup'] },
];

/** What `npm test` needs beside that. */
export const TEST_PACKAGES: Package[] = [
  { name: 'chromium', why: 'tests the pages', provides: ['chromium'] },
  {
    name: 'fonts-noto-cjk',
    why: 'shows the Chinese pages in tests',
    provides: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
  },
];
