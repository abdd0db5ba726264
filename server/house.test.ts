/** Keeps the house in order: who may import whom, who owns which package, no circles, no file over 300 lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const ALWAYS = ['lib', 'protocol'];

/** Room → rooms it may import besides lib and protocol. */
const MAY_IMPORT: Record<string, string[] | 'all'> = {
  protocol: [],
  lib: [],
  engine: [],
  store: [],
  lessons: [],
  host: ['engine'],
  sandbox: ['engine', 'store'],
  // The store: which terminals a learner has is kept over a restart.
  terminal: ['engine', 'sandbox', 'store'],
  files: ['engine', 'sandbox'],
  world: ['engine', 'sandbox'],
  trace: ['engine', 'sandbox'],
  // Of the world only the way to talk to an engine in a machine.
  builds: ['engine', 'sandbox', 'world'],
  tasks: ['sandbox', 'world', 'trace', 'lessons', 'store'],
  history: ['sandbox', 'terminal', 'world', 'tasks', 'lessons', 'store'],
  // The wall shows what a learner types, passes, and goes back to.
  classroom: ['sandbox', 'terminal', 'tasks', 'history', 'lessons', 'store'],
  gateway: [
    'sandbox',
    'terminal',
    'files',
    'world',
    'trace',
    'builds',
    'tasks',
    'history',
    'classroom',
    'lessons',
    'store',
  ],
  commands: 'all',
  // main.ts and config.ts; everyone may read the Config type, nobody but the entry points builds it.
  server: 'all',
};

/** Package → the only rooms that may import it. */
const OWNERS: Record<string, string[]> = {
  dockerode: ['engine', 'host'],
  ws: ['gateway', 'commands'],
  'better-auth': ['gateway'],
  '@prisma': ['store', 'prisma'],
  httpxy: ['gateway'],
  protobufjs: ['trace', 'builds'],
};

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

type Source = { path: string; room: string; lines: number; imports: string[] };

function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'generated', '.next'].includes(entry.name)) return [];
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return /\.(ts|tsx|mjs|c|css)$/.test(entry.name) ? [path] : [];
  });
}

function roomOf(path: string): string {
  const [top, second, third] = relative(ROOT, path).split('/');
  if (top !== 'server') return top ?? '';
  return third === undefined ? 'server' : (second ?? '');
}

/** Absolute path for our own modules, the bare name for packages. */
function target(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return join(ROOT, specifier.slice(1));
  if (specifier.startsWith('.')) return resolve(dirname(from), specifier);
  return specifier;
}

const sources: Source[] = ['app', 'server', 'e2e', 'prisma']
  .flatMap((top) => listFiles(join(ROOT, top)))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const code = /\.(ts|tsx|mjs)$/.test(path);
    const imports = code
      ? [...text.matchAll(IMPORT)].map((match) => target(path, (match[1] ?? match[2] ?? match[3])!))
      : [];
    return { path, room: roomOf(path), lines: text.split('\n').length - 1, imports };
  });

const name = (path: string) => relative(ROOT, path);

test('no file is longer than 300 lines', () => {
  expect(
    sources.filter((source) => source.lines > 300).map((source) => `${name(source.path)}: ${source.lines}`),
  ).toEqual([]);
});

test('each room imports only the rooms it may', () => {
  const wrong = sources.flatMap((source) => {
    const allowed = MAY_IMPORT[source.room];
    if (source.room === 'app' || source.room === 'e2e' || source.room === 'prisma' || allowed === 'all')
      return [];
    if (!allowed) return [`${name(source.path)}: room ${source.room} is not in the table`];
    // Tests may build the parts they stand on.
    if (source.path.endsWith('.test.ts') || source.path.includes('/testing/')) return [];
    return source.imports
      .filter((path) => path.startsWith(join(ROOT, 'server')))
      .filter((path) => name(path) !== 'server/config.ts')
      .filter((path) => ![source.room, ...ALWAYS, ...allowed].includes(roomOf(path)))
      .map((path) => `${name(source.path)} → ${name(path)}`);
  });
  expect(wrong).toEqual([]);
});

test('the app sees nothing of the server but the wire, and features do not see each other', () => {
  const wrong = sources
    .filter((source) => source.room === 'app')
    .flatMap((source) => {
      const feature = /_features\/([^/]+)/.exec(source.path)?.[1];
      return source.imports
        .filter((path) => path.startsWith(ROOT))
        .filter((path) => {
          const to = name(path);
          if (to.startsWith('server/')) return !to.startsWith('server/protocol/');
          const other = /_features\/([^/]+)/.exec(to)?.[1];
          if (source.path.includes('/_ui/') || source.path.includes('/_lib/')) return other !== undefined;
          return feature !== undefined && feature !== 'workspace' && other !== undefined && other !== feature;
        })
        .map((path) => `${name(source.path)} → ${name(path)}`);
    });
  expect(wrong).toEqual([]);
});

test('a package with an owner is imported by its owner only', () => {
  const wrong = sources.flatMap((source) =>
    source.imports.flatMap((path) => {
      const owner = Object.keys(OWNERS).find((pack) => path === pack || path.startsWith(`${pack}/`));
      return owner && !OWNERS[owner]!.includes(source.room) ? [`${name(source.path)} → ${path}`] : [];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the wire depends on zod alone and lib on nothing', () => {
  const wrong = sources
    .filter((source) => ['protocol', 'lib'].includes(source.room) && !source.path.endsWith('.test.ts'))
    .flatMap((source) =>
      source.imports
        .filter((path) => !path.startsWith('node:') || source.room === 'protocol')
        .filter((path) => !(source.room === 'protocol' && path === 'zod'))
        .filter((path) => roomOf(path) !== source.room)
        .map((path) => `${name(source.path)} → ${path}`),
    );
  expect(wrong).toEqual([]);
});

test('nothing imports itself by a circle', () => {
  const graph = new Map(
    sources.map((source) => [source.path, source.imports.filter((path) => path.startsWith(ROOT))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path))
      return void circles.push([...trail.slice(trail.indexOf(path)), path].map(name).join(' → '));
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const source of sources) visit(source.path, []);
  expect(circles).toEqual([]);
});
