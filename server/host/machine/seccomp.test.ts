/** The filter lets an engine work and keeps shut what must stay shut. */
import { expect, test } from 'vitest';
import { seccompProfile, seccompRules, type Rule } from './seccomp.ts';

/** What the filter says to a call whose argument number `index` is `value`. */
function answer(name: string, index = 0, value = 0n): 'allowed' | number {
  const matches = (rule: Rule) =>
    rule.names.includes(name) &&
    (rule.args ?? []).every((condition) => {
      if (condition.index !== index) return false;
      if (condition.op === 'SCMP_CMP_EQ') return value === BigInt(condition.value);
      return (value & BigInt(condition.value)) === BigInt(condition.valueTwo ?? 0);
    });
  const rule = seccompRules().find(matches);
  if (!rule) return 1;
  return rule.action === 'SCMP_ACT_ALLOW' ? 'allowed' : (rule.errnoRet ?? 1);
}

const BTRFS_SUBVOLUME_CALLS = [
  ['SUBVOL_CREATE', 0x5000_940en],
  ['SNAP_CREATE', 0x5000_9401n],
  ['SUBVOL_CREATE_V2', 0x5000_9418n],
  ['SNAP_CREATE_V2', 0x5000_9417n],
  ['SNAP_DESTROY', 0x5000_940fn],
  ['SUBVOL_SETFLAGS', 0x4008_941an],
] as const;

test.each(BTRFS_SUBVOLUME_CALLS)('btrfs %s is refused, with anything in the upper half too', (_, number) => {
  expect(answer('ioctl', 1, number)).toBe(1);
  expect(answer('ioctl', 1, number | 0xdead_0000_0000n)).toBe(1);
});

test.each([
  ['FICLONE', 0x4004_9409n],
  ['FICLONERANGE', 0x4020_940dn],
  ['FIDEDUPERANGE', 0xc018_9436n],
  ['FS_IOC_GETFSLABEL', 0x8100_9431n],
  ['TCGETS', 0x5401n],
  ['TIOCSWINSZ', 0x5414n],
  ['SIOCGIFCONF', 0x8912n],
  ['NS_GET_USERNS', 0xb701n],
])('%s is allowed', (_, number) => {
  expect(answer('ioctl', 1, number)).toBe('allowed');
});

test('of all 256 types of ioctl only that of btrfs is refused', () => {
  const refused = Array.from({ length: 256 }, (_, type) => type).filter(
    (type) => answer('ioctl', 1, BigInt(type << 8)) !== 'allowed',
  );
  expect(refused).toEqual([0x94]);
});

test('an engine may make namespaces, mounts and a new root', () => {
  const needed = [
    'clone',
    'clone3',
    'unshare',
    'setns',
    'mount',
    'umount2',
    'pivot_root',
    'fsopen',
    'move_mount',
  ];
  expect(needed.map((name) => answer(name))).toEqual(needed.map(() => 'allowed'));
});

test('keyrings seem not to exist, so that runc goes on without one', () => {
  expect(['keyctl', 'add_key', 'request_key'].map((name) => answer(name))).toEqual([38, 38, 38]);
});

test('what reaches the host’s kernel beyond the machine is refused', () => {
  const dangerous = `acct bpf clock_settime delete_module fanotify_init finit_module init_module io_uring_enter
    io_uring_register io_uring_setup ioperm iopl kexec_file_load kexec_load lookup_dcookie modify_ldt nfsservctl
    open_by_handle_at perf_event_open quotactl quotactl_fd reboot settimeofday socketcall stime swapoff swapon syslog
    userfaultfd vhangup vm86 vm86old`;
  const names = dangerous.trim().split(/\s+/);
  expect(names.filter((name) => answer(name) === 'allowed')).toEqual([]);
});

test('sockets are of the families that containers need', () => {
  const allowed = Array.from({ length: 46 }, (_, family) => family).filter(
    (family) => answer('socket', 0, BigInt(family)) === 'allowed',
  );
  expect(allowed).toEqual([1, 2, 10, 16, 17]);
});

test('no name stands twice, and the text is the JSON that Docker reads', () => {
  const [everyday] = seccompRules();
  expect(new Set(everyday!.names).size).toBe(everyday!.names.length);
  expect(JSON.parse(seccompProfile())).toMatchObject({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 1 });
});
