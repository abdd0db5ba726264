import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('an empty environment gives every default', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDirectory: '/var/lib/drydock',
    artifactsDirectory: '/var/lib/drydock/artifacts',
    origins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
    previewHost: 'localhost:3000',
    engineSocket: null,
    pullThrough: null,
    poolBytes: null,
    capacity: null,
    warmMachines: 2,
    sleepAfterMs: 15 * 60_000,
    keepForMs: 7 * 24 * 3_600_000,
    guestsKeptMs: 30 * 24 * 3_600_000,
    sandboxesPerUser: 5,
    terminalsPerMachine: 12,
    machine: { memoryBytes: 1024 ** 3, pids: 1000, cpus: 1, diskBytes: 2 * 1024 ** 3 },
    logLevel: 'info',
  });
});

test('units are turned into bytes and milliseconds', () => {
  const config = readConfig({
    DRYDOCK_POOL_MB: '2048',
    DRYDOCK_SLEEP_MINUTES: '0.5',
    DRYDOCK_MACHINE_CPUS: '1.5',
    DRYDOCK_ENGINE: 'unix:///run/docker.sock',
    DRYDOCK_PULL_THROUGH: 'https://registry-1.docker.io/',
  });
  expect(config.poolBytes).toBe(2 * 1024 ** 3);
  expect(config.sleepAfterMs).toBe(30_000);
  expect(config.machine.cpus).toBe(1.5);
  expect(config.engineSocket).toBe('/run/docker.sock');
  expect(config.pullThrough).toBe('https://registry-1.docker.io');
});

test('origins are compared as browsers send them', () => {
  const origins = (value: string) => readConfig({ DRYDOCK_ORIGIN: value }).origins;
  expect(origins('https://Learn.Example.org:443/, http://10.0.0.1:3000')).toEqual([
    'https://learn.example.org',
    'http://10.0.0.1:3000',
  ]);
  expect(readConfig({ PORT: '80' }).origins).toEqual(['http://localhost', 'http://127.0.0.1']);
});

test.each([
  ['PORT', '70000'],
  ['PORT', 'abc'],
  ['PORT', '0x10'],
  ['HOST', 'a b'],
  ['DRYDOCK_ORIGIN', 'example.org'],
  ['DRYDOCK_ORIGIN', 'https://example.org/path'],
  ['DRYDOCK_ORIGIN', 'ftp://example.org'],
  ['DRYDOCK_ENGINE', 'tcp://10.0.0.1:2375'],
  ['DRYDOCK_PULL_THROUGH', 'registry-1.docker.io'],
  ['DRYDOCK_PULL_THROUGH', 'https://registry-1.docker.io/v2'],
  ['DRYDOCK_WARM', '-1'],
  ['DRYDOCK_MACHINE_CPUS', '1,5'],
  ['DRYDOCK_LOG', 'loud'],
])('%s=%s stops the start and is named with the way out', (name, value) => {
  const message = refusal({ [name]: value });
  expect(message).toContain(name);
  expect(message).toContain(value);
  expect(message).toContain('Set it right, or leave it out');
});

test('all bad values are named at once', () => {
  expect(refusal({ PORT: 'x', DRYDOCK_WARM: 'y' }).split('\n')).toHaveLength(2);
});

test('a misspelt name is found, and the right ones are listed', () => {
  const message = refusal({ DRYDOCK_WRAM: '3' });
  expect(message).toContain('DRYDOCK_WRAM is not a setting');
  expect(message).toContain('DRYDOCK_WARM');
});

test('an empty value counts as not set', () => {
  expect(readConfig({ DRYDOCK_WARM: '' }).warmMachines).toBe(2);
});

test('previews have names below localhost, below a name that is set, or none', () => {
  const host = (environment: Record<string, string>) => readConfig(environment).previewHost;
  expect(host({ PORT: '80' })).toBe('localhost');
  expect(host({ DRYDOCK_ORIGIN: 'http://localhost:8080' })).toBe('localhost:8080');
  expect(host({ DRYDOCK_PREVIEW_HOST: 'preview.example.org' })).toBe('preview.example.org');
  expect(host({ DRYDOCK_PREVIEW_HOST: 'preview.example.org:8443' })).toBe('preview.example.org:8443');
  expect(host({ DRYDOCK_PREVIEW_HOST: 'off' })).toBeNull();
  // Nobody but its owner knows whether names below it lead here.
  expect(host({ DRYDOCK_ORIGIN: 'https://learn.example.org' })).toBeNull();
});

test('a preview host that can have no names below it is refused', () => {
  for (const wrong of ['10.0.0.1', '10.0.0.1:80', 'https://x.org', 'x.org/', '*.x.org', '.x.org', '[::1]'])
    expect(refusal({ DRYDOCK_PREVIEW_HOST: wrong }), wrong).toContain(
      'DRYDOCK_PREVIEW_HOST must be a host name',
    );
});
