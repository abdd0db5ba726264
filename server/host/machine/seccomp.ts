/**
 * The system-call filter of machines, in the form that Docker 20.10 and later read (`--security-opt seccomp`).
 * An allow-list: what the kernel learns tomorrow is refused until somebody has thought about it.
 */
import { ALLOWED_CALLS, KEYRING_CALLS } from './seccomp-names.ts';

type Comparison = 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
/** `MASKED_EQ` holds when (argument & value) === valueTwo. */
type Condition = { index: number; op: Comparison; value: number; valueTwo?: number };
export type Rule = {
  names: string[];
  action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  errnoRet?: number;
  args?: Condition[];
};

const ENOSYS = 38;
const ALL_32_BITS = 0xffff_ffff;

/** unix, inet, inet6, netlink, packet. Not VSOCK, which would lead out to the host of a virtual machine, nor ALG. */
const ADDRESS_FAMILIES = [1, 2, 10, 16, 17];

/** Linux, Linux 32 bit, each with and without a 2.6 version number, and "what is it now?". */
const PERSONALITIES = [0x0, 0x8, 0x2_0000, 0x2_0008, ALL_32_BITS];

/** Byte 1 of an ioctl's number is its type. A subvolume made by one of this type escapes the machine's disk quota. */
const BTRFS_TYPE = 0x94;
/** Of that type, these belong to every file system: FICLONE, FICLONERANGE, FIDEDUPERANGE, FS_IOC_GETFSLABEL. */
const SHARED_IOCTLS = [0x4004_9409, 0x4020_940d, 0xc018_9436, 0x8100_9431];

const allow = (names: string[], args?: Condition[]): Rule => ({
  names,
  action: 'SCMP_ACT_ALLOW',
  ...(args && { args }),
});

const equals = (index: number, value: number): Condition => ({ index, op: 'SCMP_CMP_EQ', value });
/** The kernel looks at the lower half of an ioctl's number only. */
const lowerHalfEquals = (index: number, value: number): Condition => ({
  index,
  op: 'SCMP_CMP_MASKED_EQ',
  value: ALL_32_BITS,
  valueTwo: value,
});

/**
 * A filter cannot say "any type but this one" together with exceptions: several conditions on one argument would be
 * joined by OR. But a type differs from 0x94 exactly when one of its bits does: one rule for each bit.
 */
function ioctlRules(): Rule[] {
  const otherTypes = [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => {
    const mask = 1 << (8 + bit);
    const differing = ((BTRFS_TYPE >> bit) & 1) === 1 ? 0 : mask;
    return allow(['ioctl'], [{ index: 1, op: 'SCMP_CMP_MASKED_EQ', value: mask, valueTwo: differing }]);
  });
  return [...otherTypes, ...SHARED_IOCTLS.map((number) => allow(['ioctl'], [lowerHalfEquals(1, number)]))];
}

export function seccompRules(): Rule[] {
  return [
    allow(ALLOWED_CALLS),
    ...ADDRESS_FAMILIES.map((family) => allow(['socket'], [equals(0, family)])),
    ...PERSONALITIES.map((personality) => allow(['personality'], [equals(0, personality)])),
    ...ioctlRules(),
    { names: KEYRING_CALLS, action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
  ];
}

/** As JSON text, for the engine's API. */
export function seccompProfile(): string {
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 1,
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] },
    ],
    syscalls: seccompRules(),
  });
}
