/** What `npm start` and the other commands run first, on any Node ≥ 20.19: checks the host, brings the npm packages, then Node 24. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const NODE_24 = join(ROOT, 'node_modules/.bin/node');
const COMMANDS = ['main', 'dev', 'test', 'check', 'prove', 'bench', 'attack', 'down', 'new-lesson'];
/** These serve: they are started again after a crash. */
const SERVING = ['main', 'dev'];
/** These touch nothing of the host. */
const HARMLESS = ['check', 'new-lesson'];
const OLDEST_NODE = [20, 19];
const DEBIANS = ['12', '13'];

/** The server could not start and has said why: starting it again would only say it again. */
const NOT_STARTED = 3;
const CRASHES_MAX = 5;
const CRASHES_WITHIN_MS = 60_000;
/** Before the second, third … restart; the first is at once. */
const RESTART_PAUSES_MS = [0, 250, 1000, 3000, 8000];

class LaunchError extends Error {}

try {
  process.exitCode = await launch(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** @param {string[]} given */
async function launch([name, ...rest]) {
  if (!COMMANDS.includes(name))
    throw new LaunchError(`There is no command "${name ?? ''}".\nThere are: ${COMMANDS.join(', ')}.`);
  checkNode();
  if (!HARMLESS.includes(name)) checkHost();
  await bringPackages();
  await bringDatabaseClient();
  const script = SERVING.includes(name) ? 'server/main.ts' : `server/commands/${name}.ts`;
  const watch = name === 'dev' ? ['--watch', '--watch-preserve-output'] : [];
  const args = [...watch, join(ROOT, script), ...rest];
  const environment = { ...process.env, ...(name === 'dev' ? { NODE_ENV: 'development' } : {}) };
  return SERVING.includes(name) ? keepServing(args, environment) : (await runOnce(args, environment)).code;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new LaunchError(
    `Node ${process.versions.node} is too old: ${OLDEST_NODE.join('.')} or newer is needed.\n` +
      'Install a newer one (https://nodejs.org/en/download) and start again.',
  );
}

function checkHost() {
  if (process.getuid?.() !== 0)
    throw new LaunchError(
      'Drydock must be started as root: it runs an engine, mounts a disk and sets up a network.\nStart it with sudo, or as root.',
    );
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const field = (/** @type {string} */ key) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(release)?.[1];
  if (field('ID') === 'debian' && DEBIANS.includes(field('VERSION_ID') ?? '')) return;
  throw new LaunchError(
    `This is ${field('PRETTY_NAME') ?? 'an unknown system'}; Drydock runs on Debian ${DEBIANS.join(' and ')}.\n` +
      'Use a host or a virtual machine with Debian.',
  );
}

/** `npm ci`, when the packages in node_modules are not those of package-lock.json. */
async function bringPackages() {
  if (existsSync(NODE_24) && hasPackages()) return;
  const stop = tell('npm packages');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'];
  const child = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: bareEnvironment() });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (said = (said + text).slice(-4000)));
  const code = await ended(child);
  stop(code === 0);
  if (code !== 0 || !existsSync(NODE_24))
    throw new LaunchError(
      `npm ci failed: ${said.trim().split('\n').slice(-3).join(' / ')}\n` +
        'See that the npm registry is in reach (npm ping; npm config get registry), then start again.',
    );
}

/** Generated code is not in the repository; every command but a few reads it. */
async function bringDatabaseClient() {
  const script = join(ROOT, 'server/store/generate.mjs');
  const code = await ended(spawn(NODE_24, [script], { cwd: ROOT, stdio: 'inherit' }));
  if (code !== 0) throw new LaunchError('Mend what it names above, then start again.');
}

/** npm writes its own list of what is installed last, so an interrupted installation has none. */
function hasPackages() {
  const installed = readPackages('node_modules/.package-lock.json');
  return Object.entries(readPackages('package-lock.json')).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/** @param {string} lockFile @returns {Record<string, { version?: string, optional?: boolean }>} */
function readPackages(lockFile) {
  const path = join(ROOT, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** What npm sets for its scripts would rule the npm inside: a production flag from outside must not drop build tools. */
function bareEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^npm_(config_omit|config_production|command)/.test(key),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: 'development' };
}

/** A line that grows while the work lasts; plain lines where nobody watches. @param {string} title */
function tell(title) {
  const since = Date.now();
  const seconds = () => `${((Date.now() - since) / 1000).toFixed(1)} s`;
  const live = process.stderr.isTTY;
  if (!live) process.stderr.write(`  … ${title}\n`);
  const timer = setInterval(
    () =>
      process.stderr.write(
        live ? `\r\x1b[K  … ${title} ${seconds()}` : `  … ${title}, ${seconds()} so far\n`,
      ),
    live ? 200 : 15_000,
  );
  return (/** @type {boolean} */ worked) => {
    clearInterval(timer);
    process.stderr.write(`${live ? '\r\x1b[K' : ''}  ${worked ? '✓' : '✗'} ${title}, ${seconds()}\n`);
  };
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} */
function ended(child) {
  return new Promise((settle) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      settle(127);
    });
    // As a shell counts: 128 and the signal's number.
    child.once('close', (code, signal) => settle(code ?? (signal ? 128 + constants.signals[signal] : 1)));
  });
}

/**
 * Runs Node 24 and hands it the signals that we get: a SIGTERM to npm or to us would not reach it otherwise.
 * @param {string[]} args @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, asked: boolean }>} `asked`: it ended because it was told to.
 */
async function runOnce(args, env) {
  // A restarted server must be back within two seconds; reading its sources again would take half a second of them.
  const cached = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled'), ...env };
  const child = spawn(NODE_24, args, { cwd: ROOT, stdio: 'inherit', env: cached });
  let asked = false;
  const hand = (/** @type {NodeJS.Signals} */ signal) => {
    asked = true;
    // At a terminal Ctrl-C reaches the whole group by itself; twice would look like impatience.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, hand);
  const code = await ended(child);
  for (const signal of signals) process.off(signal, hand);
  return { code, asked };
}

/** Starts the server again after a crash, such as kill -9. */
async function keepServing(args, env) {
  /** @type {number[]} */
  let crashes = [];
  for (;;) {
    const { code, asked } = await runOnce(args, env);
    if (code === NOT_STARTED) return 1;
    if (asked || code === 0) return code;
    crashes = [...crashes.filter((at) => Date.now() - at < CRASHES_WITHIN_MS), Date.now()];
    if (crashes.length >= CRASHES_MAX)
      throw new LaunchError(
        `The server ended unexpectedly ${CRASHES_MAX} times in a minute; it is not started again.\n` +
          'Read what it said above, mend that, and start again: machines and data are as they were.',
      );
    process.stderr.write(`The server ended unexpectedly (code ${code}); starting it again.\n`);
    if (!(await pauseUnlessAsked(RESTART_PAUSES_MS[crashes.length - 1] ?? 8000))) return 0;
  }
}

/** False when a signal told us to stop meanwhile. @param {number} ms @returns {Promise<boolean>} */
function pauseUnlessAsked(ms) {
  return new Promise((settle) => {
    const end = (/** @type {boolean} */ goOn) => {
      clearTimeout(timer);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      settle(goOn);
    };
    const stop = () => end(false);
    const timer = setTimeout(end, ms, true);
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
