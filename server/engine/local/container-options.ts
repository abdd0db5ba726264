/** What a machine is to the outer engine: an unprivileged container that may do what an inner engine needs, and no more. */
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { MachineLimits, MachineRef } from '../contract.ts';
import { containerName, LABELS, machineLabels } from './labels.ts';

/** These hold only inside the machine's user namespace; mount, net and cgroup work of an inner engine needs each. */
const CAPABILITIES = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'SETFCAP',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'NET_ADMIN',
  'SYS_ADMIN',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_RESOURCE',
  'MKNOD',
  'AUDIT_WRITE',
];

const NANO = 1e9;
/** Docker measures the quota in 1/100 000 of a core a period; less than 0.01 core is refused. */
const CPUS_MIN = 0.01;

/** Engine API 1.41; the published types do not know it yet. */
type MachineHostConfig = HostConfig & { CgroupnsMode: 'private' };

export type MachinePlace = {
  ref: MachineRef;
  instance: string;
  image: string;
  runtime: string | null;
  seccompProfile: string;
  /** The outer engine confines containers by AppArmor unless told not to. */
  appArmor: boolean;
  limits: MachineLimits;
  /** Hard limit of open files; the outer engine refuses more than its own. */
  openFilesMax: number;
  /** The machine's disk on the host; holds everything that it can write. */
  disk: string;
  network: string;
  address: string;
  dns: string;
};

export function containerOptions(place: MachinePlace): ContainerCreateOptions {
  const { ref } = place;
  return {
    name: containerName(place.instance, ref),
    Hostname: ref.machine,
    Image: place.image,
    Entrypoint: ['/usr/bin/tini', '--', '/usr/local/lib/drydock/init'],
    Cmd: [],
    Env: [`DRYDOCK_DNS=${place.dns}`, `DRYDOCK_SANDBOX=${ref.sandbox}`],
    Labels: { ...machineLabels(place.instance, ref), [LABELS.disk]: String(place.limits.diskBytes) },
    StopSignal: 'SIGTERM',
    StopTimeout: 5,
    HostConfig: hostConfig(place),
    NetworkingConfig: {
      EndpointsConfig: { [place.network]: { IPAMConfig: { IPv4Address: place.address } } },
    },
  };
}

function hostConfig(place: MachinePlace): MachineHostConfig {
  const { limits } = place;
  return {
    Privileged: false,
    CapDrop: ['ALL'],
    CapAdd: CAPABILITIES,
    // Not `no-new-privileges`: every inner container would inherit it, and su or ping as a user would fail there.
    SecurityOpt: [
      `seccomp=${place.seccompProfile}`,
      // docker-default refuses every mount; the user namespace is the wall here.
      ...(place.appArmor ? ['apparmor=unconfined'] : []),
    ],
    ReadonlyRootfs: true,
    Tmpfs: { '/run': 'rw,nosuid,nodev,mode=755,size=64m' },
    Mounts: [{ Type: 'bind', Source: place.disk, Target: '/state' }],
    Memory: limits.memoryBytes,
    // Equal to memory means none: without this a machine gets as much swap again.
    MemorySwap: limits.memoryBytes,
    PidsLimit: limits.pids,
    NanoCpus: Math.round(Math.max(limits.cpus, CPUS_MIN) * NANO),
    Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: place.openFilesMax }],
    CgroupnsMode: 'private',
    IpcMode: 'private',
    NetworkMode: place.network,
    Runtime: place.runtime ?? undefined,
    LogConfig: { Type: 'json-file', Config: { 'max-size': '256k', 'max-file': '1' } },
    // The server decides what lives: a machine that died is restarted by it, with a word to the learner.
    RestartPolicy: { Name: 'no' },
  };
}
