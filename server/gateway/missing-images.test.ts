import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '#server/lib/clock.ts';
import { Emitter } from '#server/lib/emitter.ts';
import type { Command } from '#server/protocol/feed.ts';
import type { CommandTrace, Span, TracedCall } from '#server/trace/contract.ts';
import { asApiCall } from '#server/trace/api-call.ts';
import { callSpan, span } from '#server/trace/testing/spans.ts';
import { typed } from '#server/trace/testing/typed.ts';
import type { World } from '#server/world/contract.ts';
import {
  imagesAskedInVain,
  type MissingImage,
  type MissingImages,
  watchMissingImages,
} from './missing-images.ts';
import { CATALOG } from './testing/catalog.ts';

const call = (method: string, path: string, status: number): TracedCall => ({
  call: { ...asApiCall(callSpan({ method, path, status }))!, command: null },
  spans: [],
});
const FAILED_PULL = call('POST', '/v1.45/images/create', 500);
const asks = (url: string) => span({ kind: 'client', attributes: new Map([['http.url', url]]) });
const failing = (line: string) => typed(line, { atMs: 0, exitCode: 1 });
const trace = (line: string, parts: Partial<CommandTrace>): CommandTrace => ({
  command: failing(line),
  calls: [],
  others: [],
  ...parts,
});

describe('the images that a command asked for in vain', () => {
  test('are named in the line of a pull that the engine says has failed', () => {
    expect(imagesAskedInVain(trace('docker run -d ubuntu:24.04', { calls: [FAILED_PULL] }))).toEqual([
      'ubuntu:24.04',
    ]);
    expect(imagesAskedInVain(trace('docker run -d ubuntu', { calls: [] }))).toEqual([]);
    const pulled = call('POST', '/v1.45/images/create', 200);
    expect(imagesAskedInVain(trace('docker run -d ubuntu', { calls: [pulled] }))).toEqual([]);
  });

  test('are those that compose looked for before', () => {
    const looked = call('GET', '/v1.45/images/bitnami/mysql:8/json', 404);
    expect(imagesAskedInVain(trace('docker compose up', { calls: [looked, FAILED_PULL] }))).toEqual([
      'bitnami/mysql:8',
    ]);
    expect(imagesAskedInVain(trace('docker inspect nosuch', { calls: [looked] }))).toEqual([]);
  });

  test('are those that BuildKit asked Docker Hub for', () => {
    const others = [
      asks('https://mirror.drydock:5000/v2/library/ubuntu/manifests/latest?ns=docker.io'),
      asks('https://registry-1.docker.io/v2/library/ubuntu/manifests/latest'),
      asks('https://registry-1.docker.io/v2/team/app/manifests/1.0'),
      asks('https://registry-1.docker.io/v2/'),
    ];
    expect(imagesAskedInVain(trace('docker build .', { others }))).toEqual(['ubuntu:latest', 'team/app:1.0']);
  });

  test.each([
    'localhost:5000/app',
    'node1:5000/app',
    'ghcr.io/team/app',
    '$IMAGE',
    'Ubuntu',
    '../x',
    '"a\u001b[2J"',
  ])('do not count where %s is no name of Docker Hub', (name) => {
    expect(imagesAskedInVain(trace(`docker pull ${name}`, { calls: [FAILED_PULL] }))).toEqual([]);
  });
});

describe('a missing image', () => {
  let clock: FakeClock;
  let told: MissingImage[];
  let commands: Emitter<{ sandbox: string; command: Command }>;
  let spans: Emitter<{ sandbox: string; machine: string; spans: Span[] }>;
  let traced: Map<Command, CommandTrace>;
  let world: World | null;
  let watching: MissingImages;

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    commands = new Emitter();
    spans = new Emitter();
    traced = new Map();
    world = null;
    watching = watchMissingImages({
      terminals: { onCommand: (listener) => commands.on(listener) },
      traces: { of: (_, command) => traced.get(command) ?? null, on: (listener) => spans.on(listener) },
      worlds: { get: () => world },
      catalog: CATALOG,
      clock,
    });
    watching.on((missing) => told.push(missing));
  });
  afterEach(() => watching[Symbol.dispose]());

  const ends = (command: Command) => commands.emit({ sandbox: 'aaaaaaa2', command });
  const traceComes = (command: Command) => {
    traced.set(command, { command, calls: [FAILED_PULL], others: [] });
    spans.emit({ sandbox: 'aaaaaaa2', machine: 'node1', spans: [] });
  };

  test('is told once the trace of its command has come, and only once', () => {
    const command = failing('docker pull ubuntu');
    ends(command);
    expect(told).toEqual([]);
    traceComes(command);
    traceComes(command);
    expect(told).toEqual([{ sandbox: 'aaaaaaa2', machine: 'node1', image: 'ubuntu' }]);
  });

  test('is told of a tag that the catalog does not hold', () => {
    const command = failing('docker pull nginx:9');
    ends(command);
    traceComes(command);
    expect(told).toMatchObject([{ image: 'nginx:9' }]);
  });

  test.each(['docker pull nginx', 'docker pull library/nginx:1.26', 'docker pull drydock/web:1.0'])(
    'is not what the catalog holds, whatever went wrong: %s',
    (line) => {
      const command = failing(line);
      ends(command);
      traceComes(command);
      expect(told).toEqual([]);
    },
  );

  test('is not what the machine has built itself', () => {
    world = { images: new Map([['sha256:1', { tags: ['mine:latest'] }]]) } as unknown as World;
    const command = failing('docker pull mine');
    ends(command);
    traceComes(command);
    expect(told).toEqual([]);
  });

  test('is told of one command, also when the next follows at once', () => {
    const [first, second] = [failing('docker build .'), failing('docker ps nosuch')];
    const others = [asks('https://registry-1.docker.io/v2/library/ubuntu/manifests/latest')];
    for (const command of [first, second]) {
      traced.set(command, { command, calls: [], others });
      ends(command);
    }
    expect(told.map(({ image }) => image)).toEqual(['ubuntu:latest']);
  });

  test('is not looked for in what went well, nor long after', async () => {
    const fine = { ...failing('docker pull ubuntu'), exitCode: 0 };
    ends(fine);
    traceComes(fine);
    const slow = failing('docker pull alpine');
    ends(slow);
    await clock.advance(3000);
    traceComes(slow);
    expect(told).toEqual([]);
  });

  test('is looked for in the newest commands only, when very many fail', () => {
    const many = Array.from({ length: 20 }, (_, index) => failing(`docker pull nosuch${index}`));
    for (const command of many) ends(command);
    for (const command of many) traceComes(command);
    expect(told.map(({ image }) => image)).toEqual(many.slice(-8).map(({ line }) => line.split(' ').at(-1)));
  });
});
