/** Runs the launcher in a small house of its own, whose server does what each test needs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

/** Only root can become another user. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534 } : {};
const houses: string[] = [];
afterEach(() => {
  for (const house of houses.splice(0)) rmSync(house, { recursive: true, force: true });
});

function buildHouse(main: string): string {
  const house = mkdtempSync(join(tmpdir(), 'drydock-launch-'));
  houses.push(house);
  chmodSync(house, 0o755);
  for (const directory of ['server/commands', 'server/store', 'node_modules/.bin'])
    mkdirSync(join(house, directory), { recursive: true });
  copyFileSync(join(import.meta.dirname, 'launch.mjs'), join(house, 'server/commands/launch.mjs'));
  symlinkSync(process.execPath, join(house, 'node_modules/.bin/node'));
  writeFileSync(join(house, 'package.json'), '{"type":"module"}');
  for (const lockFile of ['package-lock.json', 'node_modules/.package-lock.json'])
    writeFileSync(join(house, lockFile), lockText('1.0.0'));
  writeFileSync(join(house, 'server/store/generate.mjs'), '');
  writeFileSync(join(house, 'server/main.ts'), main);
  writeFileSync(join(house, 'server/commands/check.ts'), 'console.log(process.argv.slice(2).join(" "))');
  return house;
}

function lockText(version: string): string {
  return JSON.stringify({ packages: { '': {}, 'node_modules/there-is-no-such-package': { version } } });
}

function launch(house: string, args: string[], options: { uid?: number } = {}) {
  const script = join(house, 'server/commands/launch.mjs');
  const child = spawn(process.execPath, [script, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (told.text += text));
  const says = async (words: string) => {
    while (!told.text.includes(words)) await once(child.stdout, 'data');
  };
  return { child, told, says, ended: () => ending(child) };
}

async function ending(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'close')) as [number];
  return code;
}

test('a command that does not exist is named beside those that do', async () => {
  const { told, ended } = launch(buildHouse(''), ['strat']);
  expect(await ended()).toBe(1);
  expect(told.text).toContain('There is no command "strat".\nThere are: main, dev, test');
});

test('a database client that cannot be made stops the start', async () => {
  const house = buildHouse('');
  writeFileSync(join(house, 'server/store/generate.mjs'), 'console.error("bad schema"); process.exit(1);');
  const { told, ended } = launch(house, ['check']);
  expect(await ended()).toBe(1);
  expect(told.text).toBe('bad schema\nMend what it names above, then start again.\n');
});

test('arguments reach the command, and its exit code comes back', async () => {
  const house = buildHouse('');
  const { told, ended } = launch(house, ['check', '--fast', 'x']);
  expect(await ended()).toBe(0);
  expect(told.text).toBe('--fast x\n');
});

test('who is not root is told so in one sentence with the way out', async () => {
  const { told, ended } = launch(buildHouse(''), ['main'], NOBODY);
  expect(await ended()).toBe(1);
  expect(told.text).toMatch(/^Drydock must be started as root: .*\nStart it with sudo, or as root\.\n$/);
});

test('a server that is killed is started again; one that is told to end is not', async () => {
  const house = buildHouse(`
    process.on('SIGTERM', () => { console.log('goodbye'); process.exit(0); });
    console.log('serves as ' + process.pid);
    setInterval(() => {}, 1000);`);
  const { child, told, says, ended } = launch(house, ['main']);
  await says('serves as');
  process.kill(Number(/serves as (\d+)/.exec(told.text)![1]), 'SIGKILL');
  told.text = '';
  await says('serves as');
  const end = ended();
  child.kill('SIGTERM');
  expect(await end).toBe(0);
  expect(told.text).toContain('goodbye');
});

test('a server that cannot start has said why, and is not started again', async () => {
  const { told, ended } = launch(buildHouse('console.log("no disk"); process.exit(3);'), ['main']);
  expect(await ended()).toBe(1);
  expect(told.text).toBe('no disk\n');
});

test('packages that are not those of the lock file are installed, and a failure is named', async () => {
  const house = buildHouse('');
  writeFileSync(join(house, 'package-lock.json'), lockText('2.0.0'));
  const { told, ended } = launch(house, ['check']);
  expect(await ended()).toBe(1);
  expect(told.text).toContain('… npm packages');
  expect(told.text).toContain('npm ci failed: ');
});
