/** The helper in a real machine: started when needed, watched through, ended, killed, frozen, replaced by a liar. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilesChanged } from './contract.ts';
import { openRealFiles, type RealFiles } from './testing/real-files.ts';

let place: RealFiles;
const heard: FilesChanged[] = [];
beforeAll(async () => {
  place = await openRealFiles();
  place.files.on((event) => heard.push(event));
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const AGENT = '/usr/local/lib/drydock/agent';
const look = (path: string) => place.files.look(place.at(path));
const runs = (line: string) => place.machine.runs(line);
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const hears = (path: string) =>
  expect
    .poll(() => heard.some(({ paths }) => paths.includes(path)), { timeout: 8_000, interval: 20 })
    .toBe(true);

test('one helper serves many requests', async () => {
  await look('/root');
  const before = place.starts();
  for (let round = 0; round < 10; round++) await look('/etc/passwd');
  expect(place.starts()).toBe(before);
});

test('what is open is watched: written, replaced, made, deleted, and in a directory that comes back', async () => {
  await runs(
    'mkdir -p /root/w/inner && cd /root/w && echo 1 > written && echo 1 > replaced && echo 1 > gone',
  );
  using watch = place.files.open(place.sandbox);
  const paths = [
    '/root/w',
    '/root/w/written',
    '/root/w/replaced',
    '/root/w/gone',
    '/root/w/inner/later',
    '/etc/hostname',
  ];
  watch.watch('node1', paths);
  // Being told to watch is a request like any other: what is asked after it comes after it.
  await look('/root/w');
  heard.length = 0;
  const startedAtMs = performance.now();
  await runs('echo 2 >> /root/w/written');
  await hears('/root/w/written');
  const tookMs = performance.now() - startedAtMs;
  expect(tookMs).toBeLessThan(1_500);
  await runs('cd /root/w && echo 2 > next && mv next replaced && rm gone');
  for (const path of ['/root/w', '/root/w/replaced', '/root/w/gone']) await hears(path);
  // A file of the image below the overlay: its first change copies it.
  await runs('echo other >> /etc/hostname');
  await hears('/etc/hostname');
  await runs('rm -r /root/w/inner && mkdir /root/w/inner && echo 1 > /root/w/inner/later');
  await hears('/root/w/inner/later');
  heard.length = 0;
  await runs('touch /root/w/inner/nobody-looks; touch /root/elsewhere');
  watch.watch('node1', []);
  await look('/root/w');
  await runs('echo 3 >> /root/w/written');
  await look('/root/w');
  expect(heard.filter(({ paths }) => paths.includes('/root/w/written'))).toEqual([]);
  expect(heard.every(({ paths }) => paths.every((path) => path.startsWith('/root/w')))).toBe(true);
});

test('a file that is written without a pause is told of some times a second', async () => {
  using watch = place.files.open(place.sandbox);
  await runs('touch /root/log');
  watch.watch('node1', ['/root/log']);
  await look('/root');
  heard.length = 0;
  await runs(
    'end=$(($(date +%s%N) + 2000000000)); while [ $(date +%s%N) -lt $end ]; do echo x >> /root/log; done',
  );
  expect(heard.length).toBeGreaterThan(3);
  expect(heard.length).toBeLessThan(30);
});

test('without notifications of the kernel it still sees what changed', async () => {
  // They are scarce: a learner takes all that a user of this machine may have.
  const limit = '/proc/sys/user/max_inotify_instances';
  await place.machine.runs(`echo 0 > ${limit}`, { asLearner: false });
  try {
    using watch = place.files.open(place.sandbox);
    await runs('echo 1 > /root/scarce');
    watch.watch('node1', ['/root/scarce']);
    await look('/root');
    heard.length = 0;
    await runs('echo 22 > /root/scarce');
    await hears('/root/scarce');
  } finally {
    await place.machine.runs(`echo 128 > ${limit}`, { asLearner: false });
  }
});

test('a helper that the learner kills comes again, and goes on watching', async () => {
  using watch = place.files.open(place.sandbox);
  await runs('echo 1 > /root/watched');
  watch.watch('node1', ['/root/watched']);
  await look('/root');
  heard.length = 0;
  await runs('pkill -KILL -f "[a]gent files"');
  // It tells at once that all may have changed meanwhile.
  await hears('/root/watched');
  heard.length = 0;
  await runs('echo 2 > /root/watched');
  await hears('/root/watched');
  await runs('pkill -KILL -f "[a]gent files" || true');
  await expect.poll(() => code(look('/root/watched')), { timeout: 5_000 }).toBe('done');
});

test('a helper that does not answer is given up in time, and the next one serves', async () => {
  await look('/root');
  await runs('pkill -STOP -f "[a]gent files"');
  const startedAtMs = performance.now();
  expect(await code(look('/root'))).toBe('machine_unreachable');
  expect(performance.now() - startedAtMs).toBeLessThan(12_000);
  expect(await code(look('/root'))).toBe('done');
  await runs('pkill -KILL -f "[a]gent files" || true');
}, 30_000);

test('in a frozen machine it ends in a sentence or is thawed, never in silence', async () => {
  await look('/root');
  await place.machine.container.pause();
  try {
    const startedAtMs = performance.now();
    expect(await code(look('/root'))).toBe('machine_unreachable');
    expect(performance.now() - startedAtMs).toBeLessThan(12_000);
  } finally {
    await place.machine.container.unpause();
  }
  await expect.poll(() => code(look('/root')), { timeout: 10_000 }).toBe('done');
}, 60_000);

test.each([
  ['garbage', 'head -c 100000 /dev/urandom; sleep 60'],
  ['a frame without an end', `printf 'B\\377\\377\\377\\377'; yes; sleep 60`],
  ['changes without number', `while :; do printf 'C\\0\\0\\0\\5/root'; done`],
  ['an answer that nobody asked for', `printf 'E\\0\\0\\0\\1\\0'; sleep 60`],
  [
    'entries without number',
    `read -rn 1 x; printf 'A\\0\\0\\0\\35d'; head -c 28 /dev/zero; while :; do printf 'I\\0\\0\\0\\27f-'; head -c 20 /dev/zero; printf n; done`,
  ],
  ['nothing', 'exit 0'],
])(
  'a liar in its place that says %s is shown the door',
  async (_what, script) => {
    await runs(`pkill -KILL -f "[a]gent files" || true; cp -n ${AGENT} /root/agent.true`);
    await runs(
      `cat > /root/liar <<'END'\n#!/bin/bash\n${script}\nEND\nchmod +x /root/liar && rm ${AGENT} && cp /root/liar ${AGENT}`,
    );
    try {
      using watch = place.files.open(place.sandbox);
      watch.watch('node1', ['/root']);
      expect(await code(look('/root'))).toBe('machine_unreachable');
    } finally {
      await runs(
        `rm ${AGENT} && cp /root/agent.true ${AGENT}; pkill -KILL -f "[d]rydock/agent files" || true; pkill yes || true`,
      );
    }
    await expect.poll(() => code(look('/root')), { timeout: 10_000 }).toBe('done');
  },
  40_000,
);

test('a machine that sleeps says so, and what was open is watched again when it wakes', async () => {
  using watch = place.files.open(place.sandbox);
  watch.watch('node1', ['/root/watched']);
  await look('/root');
  await place.sleep();
  expect(await code(look('/root'))).toBe('sandbox_not_ready');
  expect(await code(place.files.look({ ...place.at('/root'), machine: 'node2' }))).toBe('not_found');
  heard.length = 0;
  await place.wake();
  await hears('/root/watched');
  expect(await code(look('/root/watched'))).toBe('done');
}, 60_000);

test('a machine that dies in the middle ends a download short, with a sentence', async () => {
  await runs('truncate -s 1G /root/large');
  const { body } = await place.files.download(place.at('/root/large'));
  const ended = code(Array.fromAsync(body as AsyncIterable<Buffer>, (chunk) => chunk.length));
  await place.machine.container.kill();
  expect(await ended).toBe('machine_unreachable');
  expect(await code(look('/root'))).toBe('machine_unreachable');
}, 60_000);
