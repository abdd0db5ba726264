import { expect, test } from 'vitest';
import { containerOptions, type MachinePlace } from './container-options.ts';

const place: MachinePlace = {
  ref: { node: 'local', sandbox: 'abcdefgh', machine: 'node1', generation: 3 },
  instance: '213',
  image: 'drydock/machine:1',
  runtime: 'drydock',
  seccompProfile: '{"defaultAction":"SCMP_ACT_ERRNO"}',
  appArmor: false,
  limits: { memoryBytes: 1024, pids: 1000, cpus: 1.5, diskBytes: 2048 },
  openFilesMax: 4096,
  disk: '/pool/machines/abcdefgh-node1-3',
  network: 'dd213-abcdefgh',
  address: '10.213.0.2',
  dns: '10.213.255.1',
};

test('a machine is never privileged and holds a closed list of capabilities', () => {
  const { HostConfig: host } = containerOptions(place);
  expect(host?.Privileged).toBe(false);
  expect(host?.CapDrop).toEqual(['ALL']);
  expect(host?.CapAdd).not.toContain('SYS_MODULE');
  expect(host?.ReadonlyRootfs).toBe(true);
  expect(host?.SecurityOpt).toEqual(['seccomp={"defaultAction":"SCMP_ACT_ERRNO"}']);
  expect(host?.Mounts).toEqual([{ Type: 'bind', Source: place.disk, Target: '/state' }]);
});

test('every limit is set, and swap is none', () => {
  const { HostConfig: host } = containerOptions(place);
  expect(host).toMatchObject({ Memory: 1024, MemorySwap: 1024, PidsLimit: 1000, NanoCpus: 1.5e9 });
  expect(host?.Ulimits).toEqual([{ Name: 'nofile', Soft: 1024, Hard: 4096 }]);
});

test('AppArmor is named only where the outer engine uses it', () => {
  const options = containerOptions({ ...place, appArmor: true });
  expect(options.HostConfig?.SecurityOpt).toContain('apparmor=unconfined');
});

test('it bears our labels, a name with its generation, and its own address', () => {
  const options = containerOptions(place);
  expect(options.name).toBe('drydock-213-abcdefgh-node1-3');
  expect(options.Labels).toEqual({
    'drydock.instance': '213',
    'drydock.sandbox': 'abcdefgh',
    'drydock.machine': 'node1',
    'drydock.generation': '3',
    'drydock.disk': '2048',
  });
  expect(options.NetworkingConfig?.EndpointsConfig?.['dd213-abcdefgh']?.IPAMConfig).toEqual({
    IPv4Address: '10.213.0.2',
  });
});
