/** The settings of the outer engine: nothing of it is shared with a Docker that the host already has. */
import type { Layout } from './layout.ts';
import type { Instance } from './slot.ts';

export type EngineSettings = {
  layout: Layout;
  instance: Instance;
  /** Of dockerd: newer ones refuse settings that older ones need. */
  major: number;
  runtimePath: string;
  /** Most open files that a process in a machine may ask for. */
  openFiles: number;
};

/** daemon.json */
export function engineText({ layout, instance, major, runtimePath, openFiles }: EngineSettings): string {
  const settings = {
    hosts: [`unix://${layout.engineSocket}`],
    'data-root': layout.engineData,
    'exec-root': layout.engineState,
    pidfile: layout.enginePidFile,
    containerd: layout.containerdSocket,
    'userns-remap': 'default',
    'storage-driver': 'overlay2',
    'live-restore': true,
    'log-level': 'warn',
    'log-driver': 'json-file',
    'log-opts': { 'max-size': '1m', 'max-file': '1' },
    'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard: openFiles } },
    'default-address-pools': [{ base: instance.sandboxSubnet, size: 28 }],
    // Our own table does what is to be done; a second hand in the host's firewall would fight with its Docker's.
    bridge: 'none',
    iptables: false,
    'ip-masq': false,
    'ip-forward': false,
    'userland-proxy': false,
    runtimes: { drydock: { path: runtimePath } },
    // Before 24 the engine writes a key of its own to /etc/docker otherwise.
    ...(major < 24 ? { 'deprecated-key-path': layout.engineKey } : {}),
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/** config.toml of a containerd of its own: it outlives dockerd's restarts, and with it all machines. */
export function containerdText(layout: Layout): string {
  const disabled = [
    'io.containerd.grpc.v1.cri',
    'io.containerd.snapshotter.v1.aufs',
    'io.containerd.snapshotter.v1.btrfs',
    'io.containerd.snapshotter.v1.devmapper',
    'io.containerd.snapshotter.v1.zfs',
    'io.containerd.internal.v1.opt',
  ];
  return `version = 2
root = ${JSON.stringify(layout.containerdData)}
state = ${JSON.stringify(layout.containerdState)}
disabled_plugins = ${JSON.stringify(disabled)}

[grpc]
  address = ${JSON.stringify(layout.containerdSocket)}

[ttrpc]
  address = ${JSON.stringify(`${layout.containerdSocket}.ttrpc`)}

[debug]
  level = "warn"
`;
}
