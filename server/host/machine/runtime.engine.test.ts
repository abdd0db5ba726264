/** The OCI runtime changes one thing in a bundle, quickly, and leaves everything else to runc. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRuntime } from './runtime.ts';

let directory: string;
let program: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'drydock-runtime-'));
  program = (await buildRuntime({ directory })).path;
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs it on a bundle with this text, with `echo` in the place of runc. */
function create(config: string, args = ['--bundle', directory]): { said: string; config: string } {
  writeFileSync(join(directory, 'config.json'), config);
  const ran = spawnSync(program, ['--root', '/run/x', 'create', ...args, '--pid-file', 'p', 'id'], {
    env: { ...process.env, DRYDOCK_RUNC: 'echo' },
    cwd: directory,
    encoding: 'utf8',
  });
  return {
    said: `${ran.stdout}${ran.stderr}`.trim(),
    config: readFileSync(join(directory, 'config.json'), 'utf8'),
  };
}

const mount = (type: string, options: string[]) => ({ destination: `/${type}`, type, source: type, options });

test.each([
  ['last', ['nosuid', 'noexec', 'nodev', 'ro'], ['nosuid', 'noexec', 'nodev']],
  ['first', ['ro', 'nosuid'], ['nosuid']],
  ['in the middle', ['nosuid', 'ro', 'nodev'], ['nosuid', 'nodev']],
  ['alone', ['ro'], []],
  ['absent', ['nosuid', 'rprivate'], ['nosuid', 'rprivate']],
])('`ro` goes off sysfs where it stands %s', (_, before, after) => {
  const bundle = (options: string[]) => ({
    ociVersion: '1.0.2',
    process: { args: ['sh', '-c', '"type":"sysfs","options":["ro"] \\ ]}'], env: ['A={"mounts":['] },
    annotations: { type: 'sysfs', options: 'ro' },
    root: { path: '/r', readonly: true },
    mounts: [mount('proc', ['ro']), mount('sysfs', options), mount('cgroup', ['ro', 'nosuid'])],
    linux: { readonlyPaths: ['/proc/sys'], seccomp: { syscalls: [{ names: ['ro'], args: [{ index: 1 }] }] } },
  });
  const changed = create(JSON.stringify(bundle(before)));
  expect(JSON.parse(changed.config)).toEqual(bundle(after));
  expect(create(JSON.stringify(bundle(before), null, 2)).said).toContain('create --bundle');
  expect(JSON.parse(create(JSON.stringify(bundle(before), null, '\t')).config)).toEqual(bundle(after));
});

test('the bundle is found however it is named, and arguments reach runc as they were', () => {
  const config = JSON.stringify({ mounts: [mount('sysfs', ['ro'])] });
  for (const args of [['--bundle', directory], ['-b', directory], [`--bundle=${directory}`], []]) {
    const changed = create(config, args);
    expect(JSON.parse(changed.config)).toEqual({ mounts: [mount('sysfs', [])] });
    expect(changed.said).toBe(['--root', '/run/x', 'create', ...args, '--pid-file', 'p', 'id'].join(' '));
  }
});

test.each(['', '{', '[]', '{"mounts":', '{"mounts":{}}', '{"mounts":[{"type":"sysfs","options":["ro"'])(
  'a config.json that is %j does not upset it',
  (config) => {
    expect(create(config).said).toContain('create --bundle');
  },
);

test('a bundle that is not there is an error', () => {
  const ran = spawnSync(program, ['create', '--bundle', '/nowhere', 'id'], { encoding: 'utf8' });
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('cannot prepare the bundle');
});

test('other commands go straight to runc, which is found in the PATH', () => {
  expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toMatch(/^runc version/);
});

test('what it starts gets no huge pages unasked', () => {
  const said = execFileSync(program, ['THP_enabled', '/proc/self/status'], {
    env: { ...process.env, DRYDOCK_RUNC: 'grep' },
    encoding: 'utf8',
  });
  expect(said).toBe('THP_enabled:\t0\n');
});
