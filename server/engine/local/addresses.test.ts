import { expect, test } from 'vitest';
import { indexOfNet, machineAddress, machineAt, netAt, NETS } from './addresses.ts';

const SUBNET = '10.213.0.0/16';

test('nets lie side by side in the lower half', () => {
  expect(netAt(SUBNET, 0)).toEqual({ subnet: '10.213.0.0/28', gateway: '10.213.0.1' });
  expect(netAt(SUBNET, 17)).toEqual({ subnet: '10.213.1.16/28', gateway: '10.213.1.17' });
  expect(netAt(SUBNET, NETS - 1).subnet).toBe('10.213.127.240/28');
  expect(() => netAt(SUBNET, NETS)).toThrow('invariant');
});

test('a net is found again by its address, and a stranger is not', () => {
  for (const index of [0, 1, 16, 2047]) expect(indexOfNet(SUBNET, netAt(SUBNET, index).subnet)).toBe(index);
  for (const stranger of ['10.214.0.0/28', '10.213.128.0/28', '10.213.0.0/24', '10.213.0.3/28', 'fe80::/64'])
    expect(indexOfNet(SUBNET, stranger)).toBeNull();
});

test('nine machines have addresses of their own between gateway and broadcast', () => {
  expect(machineAddress(SUBNET, 1, 'node1')).toBe('10.213.0.18');
  expect(machineAddress(SUBNET, 1, 'node9')).toBe('10.213.0.26');
  expect(() => machineAddress(SUBNET, 1, 'other')).toThrow('invariant');
});

test('a machine is found again by its address; gateways, broadcasts and strangers are none', () => {
  for (const [index, machine] of [
    [0, 'node1'],
    [17, 'node9'],
    [NETS - 1, 'node3'],
  ] as const)
    expect(machineAt(SUBNET, machineAddress(SUBNET, index, machine))).toEqual({ index, machine });
  for (const stranger of ['10.213.0.0', '10.213.0.1', '10.213.0.15', '10.213.128.2', '10.214.0.2', '::1', ''])
    expect(machineAt(SUBNET, stranger)).toBeNull();
});
