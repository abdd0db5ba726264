import { expect, test } from 'vitest';
import { containerdText, engineText } from './engine-settings.ts';
import { layoutOf } from './layout.ts';
import { instanceOf } from './slot.ts';

const layout = layoutOf('/srv/one');
const options = { layout, instance: instanceOf(150), runtimePath: '/srv/runtime', openFiles: 4096 };
const settings = (major: number) => JSON.parse(engineText({ ...options, major })) as Record<string, unknown>;

test('machines are in a user namespace and outlive the engine’s restart', () => {
  expect(settings(20)).toMatchObject({ 'userns-remap': 'default', 'live-restore': true });
});

test('it leaves the host’s firewall, forwarding and bridges alone', () => {
  expect(settings(20)).toMatchObject({
    bridge: 'none',
    iptables: false,
    'ip-masq': false,
    'ip-forward': false,
    'userland-proxy': false,
  });
});

test('everything it writes lies in the data directory', () => {
  const paths = JSON.stringify(settings(20)).match(/"(unix:\/\/)?\/[^"]*"/g) ?? [];
  expect(paths.length).toBeGreaterThanOrEqual(6);
  for (const path of paths) expect(path).toMatch(/^"(unix:\/\/)?\/srv\//);
  for (const path of containerdText(layout).match(/"\/[^"]*"/g) ?? []) expect(path).toMatch(/^"\/srv\/one\//);
});

test('a newer engine is not given the setting that it refuses', () => {
  expect(settings(20)).toHaveProperty('deprecated-key-path');
  expect(settings(26)).not.toHaveProperty('deprecated-key-path');
});
