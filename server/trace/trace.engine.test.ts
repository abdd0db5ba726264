/** True engines tell what they do: to whom it belongs, what caused it, and how soon a task may tick. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LessonDefinition } from '#server/lessons/contract.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { openTasks } from '#server/tasks/tasks.ts';
import { Watcher } from '#server/terminal/testing/watcher.ts';
import { runScript } from '#server/world/probes/shell.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import type { Command } from '../protocol/feed.ts';
import type { Span } from './contract.ts';
import { openReceiver } from './receiver.ts';
import { openRealTrace, type RealTrace } from './testing/real-trace.ts';
import { callSpan, encode } from './testing/spans.ts';
import { openTraces } from './traces.ts';

const TICK_MS = 2_000;
const PROMPT = '# \u001b]133;B';
const KEY = { course: 'test', lesson: 'calls' };
const LESSON: LessonDefinition = {
  key: KEY,
  scored: false,
  plan: { lesson: KEY, machines: [] },
  tasks: [
    {
      id: 'created',
      step: 'only',
      title: { en: 'created', zh: '创建' },
      expect: [
        {
          api: {
            method: 'POST',
            path: '/containers/create',
            userAgent: 'Docker-Client',
            fromCommand: 'docker run ticking',
            status: 201,
          },
        },
      ],
      hints: [],
      hold: false,
      solution: [],
    },
  ],
  proof: new Map(),
  wrong: [],
};

let place: RealTrace;
let terminal: Watcher;
beforeAll(async () => {
  place = await openRealTrace({ images: ['hello-world', 'busybox'], lesson: KEY });
  terminal = await openTerminal('1');
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

async function openTerminal(name: string): Promise<Watcher> {
  const { sandbox, machine } = place.ann.ref;
  const watcher = await Watcher.attach(place.terminals, { sandbox, machine, terminal: name });
  watcher.drawsAtOnce = true;
  await watcher.sees(PROMPT, 20_000);
  return watcher;
}

const openRoom = () =>
  openTraces({
    engine: place.engine,
    sandboxes: place.sandboxes,
    onCommand: (listener) => place.terminals.onCommand(listener),
    listen: place.listen,
    clock: systemClock,
  });

/** Types a line and answers with the command once it has ended. */
async function types(line: string, watcher = terminal): Promise<Command> {
  const ended = Promise.withResolvers<Command>();
  const stop = place.terminals.onCommand(({ command }) => {
    if (command.line === line) ended.resolve(command);
  });
  watcher.type(`${line}\r`);
  try {
    return await ended.promise;
  } finally {
    stop();
  }
}

const soon = (what: () => void) => vi.waitFor(what, { timeout: TICK_MS, interval: 5 });
const annsCalls = (traces: Awaited<ReturnType<typeof openRoom>>) =>
  traces.calls(place.ann.ref.sandbox, place.ann.ref.machine);

test('the server’s own looks cost the engine no span, nor do those of a lesson’s scripts', async () => {
  const spans: Span[] = [];
  await using open = new AsyncDisposableStack();
  const receiver = await openReceiver({
    listen: place.listen,
    machineAt: (address) => place.engine.machineAt(address),
    take: (from, come) => void (from.sandbox === place.ann.ref.sandbox && spans.push(...come)),
    refused: () => undefined,
    clock: systemClock,
  });
  open.use(receiver);
  const { sandbox, machine } = place.ann.ref;
  await types('docker create --name seen busybox');
  await vi.waitFor(() => expect(place.worlds.get(sandbox, machine)?.containers.size).toBe(1));
  const script = 'docker ps -a && docker logs seen && docker compose ls';
  const found = await runScript(
    { engine: place.engine, ref: place.ann.ref },
    { kind: 'shell', machine, script },
  );
  expect(found?.exitCode).toBe(0);
  await types('docker rm seen');
  const agents = () => spans.map(({ attributes }) => String(attributes.get('user_agent.original') ?? ''));
  const paths = () => spans.map(({ attributes }) => String(attributes.get('http.target') ?? ''));
  await soon(() => expect(paths()).toContain('/v1.45/containers/seen'));
  expect(agents().filter((agent) => agent.includes('drydock'))).toEqual([]);
  expect(paths().filter((path) => /\/(containers\/json|logs)/.test(path))).toEqual([]);
  expect(agents().some((agent) => agent.startsWith('Docker-Client/'))).toBe(true);
});

test('`docker run` is seen as calls of the CLI, with what containerd was asked', async () => {
  await using traces = await openRoom();
  const command = await types('docker run hello-world');
  await soon(() => {
    const { calls, others } = traces.of(place.ann.ref.sandbox, command)!;
    const called = calls.map(({ call }) => `${call.method} ${call.path.split('/').at(-1)} ${call.status}`);
    expect(called).toEqual([
      'HEAD _ping 200',
      'POST create 201',
      expect.stringMatching(/^POST (attach|wait)/),
      expect.stringMatching(/^POST (attach|wait)/),
      'POST start 204',
    ]);
    expect(calls.every(({ call }) => call.userAgent.startsWith('Docker-Client/26.'))).toBe(true);
    const start = calls.at(-1)!.spans.map(({ name }) => name);
    expect(start).toContain('containerd.services.containers.v1.Containers/Create');
    expect(others.map(({ name }) => name)).toContain('containerd.services.tasks.v1.Tasks/Start');
  });
});

test('`curl` on the socket is told apart from the CLI', async () => {
  await using traces = await openRoom();
  const command = await types(
    'curl -s -o /dev/null --unix-socket /var/run/docker.sock http://docker/v1.45/images/json',
  );
  await soon(() =>
    expect(annsCalls(traces)).toMatchObject([
      { method: 'GET', path: '/images/json', status: 200, command: { line: command.line } },
    ]),
  );
  expect(annsCalls(traces)[0]!.userAgent).toMatch(/^curl\//);
});

test('two terminals at once: each call comes from its own command', async () => {
  await using traces = await openRoom();
  await place.ann.runs('docker run -d --name talks busybox sh -c "while :; do echo on; sleep 1; done"');
  const second = await openTerminal('2');
  const following = types('docker logs -f talks', second);
  await second.sees('on\r\n');
  const listed = await types('docker ps');
  second.type('\x03');
  const followed = await following;
  const causeOf = (path: RegExp) => annsCalls(traces).find((call) => path.test(call.path))?.command;
  await soon(() => expect(causeOf(/logs$/)).toMatchObject({ line: followed.line, terminal: '2' }));
  expect(causeOf(/^\/containers\/json$/)).toMatchObject({ line: listed.line, terminal: '1' });
  await place.ann.runs('docker rm -f talks');
});

test('a machine speaks for itself only, whatever it says and whichever address it takes', async () => {
  await using traces = await openRoom();
  const body = encode([callSpan({ startedAtMs: Date.now(), path: '/forged' })]).toString('base64');
  const post = (more = '') =>
    place.bob.tries(
      `echo ${body} | base64 -d | curl -s -m 3 -o /dev/null -w '%{http_code}' ${more} --data-binary @- ` +
        `-H 'content-type: application/x-protobuf' -H 'x-forwarded-for: ${annsAddress}' http://trace.drydock:4318/v1/traces`,
    );
  const annsAddress = await place.ann.address();
  expect(await post()).toEqual({ code: 0, output: '200' });
  await place.bob.runs(`ip address add ${annsAddress}/32 dev eth0`);
  expect((await post(`--interface ${annsAddress}`)).output).toBe('000');
  await place.bob.runs(`ip address del ${annsAddress}/32 dev eth0`);
  const { sandbox, machine } = place.bob.ref;
  expect(traces.calls(sandbox, machine)).toMatchObject([{ path: '/forged' }]);
  expect(annsCalls(traces)).toEqual([]);
});

test(`a task that asks for a call ticks within ${TICK_MS} ms of the command’s end`, async () => {
  await using traces = await openRoom();
  const store = createFakeStore();
  await using tasks = openTasks({
    sandboxes: place.sandboxes,
    worlds: place.worlds,
    traces,
    probes: { look: async () => null },
    onCommand: (listener) => place.terminals.onCommand(listener),
    lessons: { definition: () => LESSON, onChange: () => () => {} },
    progress: store.progress,
    commands: store.commands,
    clock: systemClock,
    log: silentLog,
  });
  const ticked = Promise.withResolvers<number>();
  tasks.on(({ task }) => void (task.passed && ticked.resolve(Date.now())));
  await tasks.states(place.ann.ref.sandbox);
  await types('docker create busybox ticking');
  const command = await types('docker run -d busybox echo ticking');
  const waitMs = (await ticked.promise) - (Date.parse(command.startedAt) + command.durationMs);
  expect(waitMs).toBeLessThanOrEqual(TICK_MS);
  // Not earlier either: nothing may pass before its command is known.
  expect(waitMs).toBeGreaterThanOrEqual(0);
});
