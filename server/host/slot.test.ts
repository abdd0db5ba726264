import { expect, test } from 'vitest';
import { chooseSlot, firstSlot, instanceOf, overlap, type HostNetwork } from './slot.ts';

const empty: HostNetwork = { links: ['lo', 'eth0'], networks: ['192.0.2.0/24'], routes: [], tables: [] };

test('the usual data directory gets the usual slot', () => {
  expect(chooseSlot(firstSlot('/var/lib/drydock'), empty)).toBe(213);
});

test('another data directory begins elsewhere, always at the same place, and never at the usual slot', () => {
  const slots = Array.from({ length: 500 }, (_, i) => firstSlot(`/srv/drydock-${i}`));
  expect(firstSlot('/srv/drydock-7')).toBe(slots[7]);
  expect(slots).not.toContain(213);
  expect(slots.every((slot) => slot >= 128 && slot <= 254)).toBe(true);
});

test.each([
  ['an address', { networks: ['10.213.4.1'] }],
  ['a wider network on the link', { networks: ['10.208.0.0/12', '10.214.0.0/16'] }],
  ['a route', { routes: ['10.213.9.0/24'] }],
  ['a bridge of another instance', { links: ['dd213-abcdefgh'] }],
  ['a service bridge of another instance', { links: ['dd213svc'] }],
  ['a firewall table of another instance', { tables: ['drydock_213'] }],
])('a slot that collides with %s is passed over', (_, taken) => {
  expect(chooseSlot(213, { ...empty, ...taken })).not.toBe(213);
});

test('a gateway to all of 10.0.0.0/8 does not stop us, an address in the way still does', () => {
  const site = { ...empty, routes: ['10.0.0.0/8', '10.214.0.0/16'], networks: ['10.213.0.7/24'] };
  expect(chooseSlot(213, site)).toBe(215);
});

test('no free slot is said, not guessed', () => {
  expect(chooseSlot(213, { ...empty, networks: ['10.0.0.0/8'] })).toBeNull();
});

test('the search goes round at the end', () => {
  expect(chooseSlot(254, { ...empty, tables: ['drydock_254'] })).toBe(128);
});

test('networks overlap when one holds the other', () => {
  expect(overlap('10.0.0.0/8', '10.213.0.0/16')).toBe(true);
  expect(overlap('0.0.0.0/0', '10.213.0.0/16')).toBe(true);
  expect(overlap('10.212.255.255', '10.213.0.0/16')).toBe(false);
});

test('all names of an instance follow from its slot and fit a bridge of 15 characters', () => {
  const instance = instanceOf(254);
  expect(instance).toMatchObject({
    label: 'drydock-254',
    subnet: '10.254.0.0/16',
    firewallTable: 'drydock_254',
  });
  expect(`${instance.bridgePrefix}abcdefgh`.length).toBeLessThanOrEqual(15);
});
