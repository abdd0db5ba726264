import { expect, test } from 'vitest';
import { firewallText, isBareFilter } from './firewall.ts';
import { instanceOf } from './slot.ts';

const text = firewallText(instanceOf(201));

test('the table speaks of the bridges and the address of its own instance only', () => {
  expect(new Set(text.match(/"dd[^"]*"/g))).toEqual(new Set(['"dd201-*"']));
  expect(new Set(text.match(/10\.\d+\.\d+\.\d+/g))).toEqual(new Set(['10.201.255.1']));
});

test('it replaces itself in one transaction', () => {
  for (const family of ['inet', 'arp'])
    expect(text).toContain(`add table ${family} drydock_201\ndelete table ${family} drydock_201\n`);
});

test('only mirror, DNS and trace receiver are open', () => {
  expect(text.match(/dport .*/g)).toEqual(['dport { 53, 4318, 5000 } goto service', 'dport 53 goto service']);
});

test('a table of iptables goes with our rule only when nobody else has anything in it', () => {
  const listing = (policy: string, rule = '') =>
    `table ip filter {\n\tchain FORWARD {\n\t\ttype filter hook forward priority filter; policy ${policy};\n\t\t${rule}\n\t}\n}\n`;
  expect(isBareFilter(listing('accept'))).toBe(true);
  expect(isBareFilter(listing('drop'))).toBe(false);
  expect(isBareFilter(listing('accept', 'iifname "docker0" accept'))).toBe(false);
  expect(isBareFilter('table ip filter {\n\tchain DOCKER {\n\t}\n}\n')).toBe(false);
});
