import Docker from 'dockerode';
import { afterEach, expect, test, vi } from 'vitest';
import { Networks } from './networks.ts';

const OPTIONS = { instance: '213', bridgePrefix: 'dd213-', subnet: '10.213.0.0/16' };

type Made = { Name: string; IPAM: { Config: { Subnet: string }[] }; Labels: Record<string, string> };

/** An outer engine that remembers networks, and refuses the nets that somebody else has. */
function fakeDocker(foreign: string[] = [], existing: Made[] = []) {
  const made = [...existing];
  const docker = new Docker({ socketPath: '/nowhere' });
  vi.spyOn(docker, 'listNetworks').mockImplementation(async () => made as never);
  vi.spyOn(docker, 'createNetwork').mockImplementation(async (options) => {
    const network = options as unknown as Made;
    if (foreign.includes(network.IPAM.Config[0]!.Subnet))
      throw Object.assign(new Error('Pool overlaps with other one on this address space'), {
        statusCode: 403,
      });
    made.push(network);
    return docker.getNetwork(network.Name);
  });
  return { docker, subnets: () => made.map(({ IPAM }) => IPAM.Config[0]!.Subnet) };
}

async function open(docker: Docker): Promise<Networks> {
  const networks = new Networks(docker, OPTIONS);
  await networks.open();
  // There are no bridges here whose guard could be set.
  networks.guard = async () => {};
  return networks;
}

afterEach(() => void vi.restoreAllMocks());

test('sandboxes made at once get nets of their own', async () => {
  const { docker, subnets } = fakeDocker();
  const networks = await open(docker);
  await Promise.all(['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].map((id) => networks.create(id)));
  expect(new Set(subnets()).size).toBe(3);
  expect(networks.addressOf('aaaaaaaa', 'node1')).not.toBe(networks.addressOf('bbbbbbbb', 'node1'));
  await networks.create('aaaaaaaa');
  expect(subnets()).toHaveLength(3);
});

test('nets that somebody else uses are stepped over', async () => {
  const { docker, subnets } = fakeDocker(['10.213.0.0/28', '10.213.0.16/28']);
  const networks = await open(docker);
  await networks.create('aaaaaaaa');
  expect(subnets()).toEqual(['10.213.0.32/28']);
});

test('nets of a former server are known and not given away again', async () => {
  const former = {
    Name: 'dd213-aaaaaaaa',
    IPAM: { Config: [{ Subnet: '10.213.0.0/28' }] },
    Labels: { 'drydock.sandbox': 'aaaaaaaa' },
  };
  const { docker, subnets } = fakeDocker([], [former]);
  const networks = await open(docker);
  expect(networks.addressOf('aaaaaaaa', 'node2')).toBe('10.213.0.3');
  await networks.create('bbbbbbbb');
  expect(subnets()).toEqual(['10.213.0.0/28', '10.213.0.16/28']);
});

test('who speaks is known by the address, and nobody where no network is', async () => {
  const networks = await open(fakeDocker().docker);
  await networks.create('aaaaaaaa');
  const address = networks.addressOf('aaaaaaaa', 'node2');
  expect(networks.machineAt(address)).toEqual({ sandbox: 'aaaaaaaa', machine: 'node2' });
  expect(networks.machineAt('10.213.0.18')).toBeNull();
});

test('a sandbox without a network has no addresses', async () => {
  const networks = await open(fakeDocker().docker);
  expect(() => networks.addressOf('aaaaaaaa', 'node1')).toThrow('has no network');
});
