/** Going back while everything is being written, on a disk that is full, and with a learner who looks for what is kept. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RealHouse } from './testing/real-house.ts';

const MIB = 1024 * 1024;
const DISK_BYTES = 600 * MIB;

let real: RealHouse;
beforeAll(async () => {
  real = await RealHouse.open({ diskBytes: DISK_BYTES });
}, 600_000);
afterEach(async () => {
  await real.clear();
  expect(real.errors.splice(0)).toEqual([]);
});
afterAll(() => real[Symbol.asyncDispose]());

/** Each goes on for longer than any of this takes. `works`: said when it is in full swing; `sound`: succeeds afterwards. */
const LOADS = [
  {
    name: 'a file that grows',
    load: 'while :; do dd if=/dev/urandom of=~/big bs=1M count=100; done',
    works: 'records out',
    sound: 'true',
  },
  {
    name: 'images that come and go',
    load: 'while :; do docker pull -q nginx; docker rmi -f nginx; docker run --rm busybox true; done',
    works: 'Deleted',
    sound: 'docker pull -q nginx && docker run --rm nginx nginx -v',
  },
  {
    name: 'a database that commits',
    load:
      'docker run -d --name db -v data:/var/lib/postgresql/data -e POSTGRES_PASSWORD=x postgres; ' +
      'db="docker exec db psql -U postgres -c"; until $db "create table if not exists t (n serial)"; do sleep 0.2; done; ' +
      'while :; do $db "insert into t default values"; done',
    works: 'INSERT 0 1',
    sound:
      'for i in $(seq 100); do docker exec db psql -U postgres -tc "select count(*) > 0 from t" && break; sleep 0.2; done | grep -q t',
  },
];

test.each(LOADS)(
  'comes back every time: $name',
  async ({ load, works, sound }) => {
    const learner = await real.opensPlayground(['busybox']);
    await learner.runs('echo safe >~/safe; docker volume create data');
    for (let round = 0; round < 3; round++) {
      await learner.runs(`nohup bash -c '${load}' >/tmp/load.log 2>&1 & disown`);
      // It must be at work, not only begun.
      const isAtWork = () => learner.runs(`grep -c '${works}' /tmp/load.log || true`);
      await expect.poll(isAtWork, { timeout: 40_000 }).not.toBe('0');
      const { snapshots } = await learner.history.keep(learner.id, `round ${round}`);
      const last = snapshots.at(-1)!;
      await learner.runs('rm ~/safe');
      await learner.rewinds(last.id);
      expect(await learner.runs('cat ~/safe; docker volume ls -q')).toBe('safe\ndata');
      // The engine works, whatever it was in the middle of.
      expect(await learner.runs('docker run --rm busybox echo works')).toBe('works');
      await learner.runs(sound);
      await learner.history.remove(learner.id, last.id);
    }
  },
  180_000,
);

test('what is kept counts to the disk, and never keeps a full one full', async () => {
  const learner = await real.opensPlayground();
  using _ = learner.sandbox.enter();
  const disk = () => learner.sandbox.view().machines[0]!.diskBytes;
  const notices: string[] = [];
  const stop = learner.history.on((event) => event.type === 'notice' && notices.push(event.notice));
  const asStep = async (step: string) => {
    const { snapshots } = await learner.history.keep(learner.id, step);
    // As if it had been kept by itself.
    const table = real.house.store.history;
    const row = (await table.snapshots(learner.id)).find(({ id }) => id === snapshots.at(-1)!.id)!;
    await table.removeSnapshot(row.id);
    await table.addSnapshot({ ...row, kind: 'step', step, name: null });
  };
  await learner.runs('dd if=/dev/urandom of=/root/a bs=1M count=200 && sync');
  await asStep('one');
  await learner.runs('rm /root/a && sync -f /root');
  // Gone from the machine, and still on its disk.
  await expect.poll(disk, { timeout: 30_000 }).toBeGreaterThan(190 * MIB);
  const fill = 'dd if=/dev/zero of=/root/b bs=1M count=580 2>&1; sync -f /root';
  expect(await learner.runs(`${fill}; rm -f /root/b; sync -f /root`)).toContain('Disk quota exceeded');
  await learner.runs('dd if=/dev/urandom of=/root/c bs=1M count=380 2>&1; sync -f /root');
  await asStep('two');
  // All of it is held by the second now: without more ado nothing would ever be free.
  await learner.runs('rm -f /root/c; sync -f /root');
  await expect.poll(() => notices, { timeout: 30_000 }).toContain('history_trimmed');
  await expect
    .poll(
      async () => (await learner.runs(`${fill}; rm -f /root/b; sync -f /root`)).includes('580+0 records out'),
      {
        timeout: 60_000,
        interval: 1_000,
      },
    )
    .toBe(true);
  stop();
}, 180_000);

test('a learner neither sees nor changes what is kept', async () => {
  const learner = await real.opensPlayground();
  // In two halves, or what looks for it would be found.
  await learner.runs('a=hidden-; echo ${a}word >/root/then');
  const { snapshots } = await learner.history.keep(learner.id, 'then');
  await learner.runs('rm /root/then');
  const { id } = snapshots.at(-1)!;
  const finds = 'a=hidden-; grep -rlsF ${a}word /root /var /srv /opt /tmp /state /run 2>/dev/null || true';
  expect(await learner.runs(finds)).toBe('');
  expect(
    await learner.runs(
      `find / -xdev -name '*${id}*' 2>/dev/null; cat /proc/mounts | grep -c snapshots || true`,
    ),
  ).toBe('0');
  // The system calls that make, show or remove subvolumes are refused to every program in a machine.
  const ioctl = (number: string) =>
    `perl -e 'open(my $d, "<", "/var/lib/docker") or die; my $b = "\\0" x 4096; print ioctl($d, ${number}, $b) ? "done" : "no"'`;
  for (const number of ['0x5000940f', '0x5000940e', '0x5000943f', '0x50009417', '0x40089413'])
    expect(await learner.runs(ioctl(number))).toBe('no');
  await learner.rewinds(id);
  expect(await learner.runs('cat /root/then')).toBe('hidden-word');
});

test('two returns at once, a keep and a close in between leave nothing behind', async () => {
  const learner = await real.opensPlayground();
  const { snapshots } = await learner.history.keep(learner.id, 'one');
  const { id } = snapshots.at(-1)!;
  const to = { to: 'snapshot', snapshot: id } as const;
  const outcomes = await Promise.allSettled([
    learner.history.rewind(learner.id, to),
    learner.history.rewind(learner.id, to),
    learner.history.keep(learner.id, 'two'),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  await learner.isReady();
  await learner.history.rewind(learner.id, to);
  await real.house.sandboxes.close(learner.id);
  await real.house.sandboxes.settled();
  expect(await real.house.engine.remains()).toEqual([]);
});
