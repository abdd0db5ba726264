/** A machine is kept as it is at one moment, and begins a new life from there: files, images, volumes and containers. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LIMITS, MIB, openLab, type Lab, type Machine } from './testing/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 600_000);
afterEach(() => lab.clear());
afterAll(() => lab[Symbol.asyncDispose]());

/** The machine's next life, begun with a snapshot. */
function goesBack({ ref: { sandbox, machine, generation } }: Machine, name: string): Promise<Machine> {
  return lab.machineIn(sandbox, machine, { generation: generation + 1, snapshot: { sandbox, name } });
}

test('files, images, volumes and containers are as they were', async () => {
  const machine = await lab.machine({ images: ['busybox'] });
  await machine.runs(
    `echo before >note; docker tag busybox mine:1; docker volume create data
     docker run --rm -v data:/d busybox sh -c 'echo kept >/d/f'
     docker run -d --name always --restart always busybox sleep 9999
     docker run -d --name once busybox sleep 9999`,
  );
  await lab.engine.takeSnapshot(machine.ref, 'step-one');
  await machine.runs(
    `echo after >note; rm -rf /etc/docker; docker rm -f always once; docker rmi mine:1; docker volume rm data`,
  );

  const again = await goesBack(machine, 'step-one');
  expect(await again.runs('cat note; docker images --format {{.Repository}}:{{.Tag}} mine')).toBe(
    'before\nmine:1',
  );
  expect(await again.runs('docker run --rm -v data:/d busybox cat /d/f')).toBe('kept');
  await expect
    .poll(() => again.runs(`docker ps -a --format '{{.Names}} {{.State}}' | sort`))
    .toBe('always running\nonce exited');
  expect(await lab.engine.machines()).toEqual([{ ref: again.ref, running: true }]);
});

test('one moment is kept while everything is being written, and each of them can be gone back to', async () => {
  const machine = await lab.machine({ images: ['busybox'], limits: { diskBytes: 1024 * MIB } });
  await machine.runs(
    `docker run -d --name writer -v data:/w busybox sh -c 'i=0; while :; do i=$((i+1)); echo $i >>/w/n; head -c 200000 /dev/urandom >/w/f; done'
     until [ -s /var/lib/docker/volumes/data/_data/n ]; do sleep 0.05; done
     # As after a power cut: what is certain to be there is what was put on disk.
     sync -f /var/lib/docker`,
  );
  for (const name of ['one', 'two', 'three']) {
    await lab.engine.takeSnapshot(machine.ref, name);
    await machine.runs(`touch after-${name}`);
  }
  let life = machine;
  for (const [name, files] of [
    ['three', 'after-one after-two'],
    ['one', ''],
    ['two', 'after-one'],
  ] as const) {
    life = await goesBack(life, name);
    expect(await life.runs('ls | grep after | xargs')).toBe(files);
    const written = await life.runs(`docker run --rm -v data:/w busybox sh -c 'wc -l </w/n'`);
    expect(Number(written)).toBeGreaterThan(0);
  }
});

test('a bound disk is bound in its next life too, and a full one can be gone back from', async () => {
  const machine = await lab.machine();
  await lab.engine.takeSnapshot(machine.ref, 'empty');
  const fill = 'dd if=/dev/zero of=/root/big bs=1M count=1000 2>&1';
  expect((await machine.tries(fill)).output).toContain('Disk quota exceeded');
  await lab.engine.takeSnapshot(machine.ref, 'full');
  const [empty, full] = await lab.engine.snapshots(machine.ref.sandbox);
  expect([empty!.name, full!.name]).toEqual(['empty', 'full']);
  const again = await goesBack(machine, 'empty');
  expect((await again.tries('ls big')).code).not.toBe(0);
  expect((await again.tries(fill)).output).toContain('Disk quota exceeded');
  expect((await lab.engine.usage(again.ref)).diskLimitBytes).toBe(LIMITS.diskBytes);
});

test('a learner neither sees nor reaches what is kept', async () => {
  const machine = await lab.machine();
  await machine.runs('echo secret-of-then >/root/then');
  await lab.engine.takeSnapshot(machine.ref, 'then');
  await machine.runs('rm /root/then');
  expect((await machine.tries('grep -rs secret-of-then /root /state /var/lib/docker')).code).not.toBe(0);
  expect(await machine.runs('ls / /state 2>/dev/null | grep -c snapshots || true')).toBe('0');
});

test('a snapshot is replaced by one of its name, removed alone, and goes with its sandbox', async () => {
  const machine = await lab.machine();
  const { sandbox } = machine.ref;
  const names = async () => (await lab.engine.snapshots(sandbox)).map(({ name }) => name);
  await lab.engine.takeSnapshot(machine.ref, 'a');
  await machine.runs('touch newer');
  await lab.engine.takeSnapshot(machine.ref, 'a');
  await lab.engine.takeSnapshot(machine.ref, 'b');
  expect(await names()).toEqual(['a', 'b']);
  await lab.engine.removeSnapshot(sandbox, 'node1', 'b');
  await lab.engine.removeSnapshot(sandbox, 'node1', 'b');
  expect(await names()).toEqual(['a']);
  const again = await goesBack(machine, 'a');
  expect(await again.runs('ls newer')).toBe('newer');
  await lab.engine.removeMachine(again.ref);
  expect(await lab.engine.remains()).toEqual([sandbox]);
  await lab.engine.removeNetwork(sandbox);
  expect(await lab.engine.remains()).toEqual([]);
});

test('what is not there is refused by name, and nobody loses a machine by it', async () => {
  const machine = await lab.machine();
  await expect(goesBack(machine, 'nosuch')).rejects.toMatchObject({ code: 'snapshot_unknown' });
  expect(await machine.runs('echo alive')).toBe('alive');
  const stranger = { ...machine.ref, machine: 'node2' };
  await expect(lab.engine.takeSnapshot(stranger, 'a')).rejects.toMatchObject({ code: 'machine_unknown' });
});
