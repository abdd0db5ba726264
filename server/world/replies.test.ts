/** Replies as real engines give them. */
import { expect, test } from 'vitest';
import { parseNetworks } from './replies.ts';

test('networks of a swarm have short ids of letters and digits', () => {
  const networks = parseNetworks([
    { Id: '1bzylmm45ipc1imzr9budgmsj', Name: 'ingress', Driver: 'overlay', IPAM: { Config: null } },
    { Id: 'a'.repeat(64), Name: 'bridge', Driver: 'bridge' },
  ]);
  expect(networks.map(({ name }) => name)).toEqual(['ingress', 'bridge']);
});

test.each(['', '../containers', 'a'.repeat(65)])('the network id “%s” is none', (Id) => {
  expect(() => parseNetworks([{ Id, Name: 'odd', Driver: 'bridge' }])).toThrow();
});
