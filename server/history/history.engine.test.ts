/** Going back in time on real machines: what comes back, what is lost, and what survives a server. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RealHouse } from './testing/real-house.ts';

let real: RealHouse;
beforeAll(async () => {
  real = await RealHouse.open();
}, 600_000);
afterEach(async () => {
  await real.clear();
  expect(real.errors.splice(0)).toEqual([]);
});
afterAll(() => real[Symbol.asyncDispose]());

test('a step is kept when its tasks have passed, and all is there again after going back to it', async () => {
  const learner = await real.opens('first-steps');
  await learner.types(
    'mkdir -p ~/app/deep && cd ~/app/deep && echo before >note',
    'docker volume create data',
    'docker run -d --name bare busybox sleep 1d',
    'docker run -d --name kept --restart always busybox sleep 1d',
    'docker run hello-world',
  );
  const { snapshots } = await learner.keeps((history) => history.snapshots.length === 2);
  expect(snapshots).toMatchObject([
    { kind: 'start', step: null, name: null },
    { kind: 'step', step: 'run', name: null },
  ]);
  const [start, step] = snapshots;
  await learner.types(
    'rm -r ~/app && cd / && echo after >~/later',
    'docker rm -f bare kept && docker volume rm data',
    'docker tag busybox mine:1 && docker run -d --name newer busybox sleep 1d',
    'docker network create net && docker volume create more',
  );
  await expect
    .poll(() => learner.history.losses(learner.id, step!.id))
    .toEqual([
      {
        machine: 'node1',
        containers: ['newer'],
        images: ['mine:1'],
        volumes: ['more'],
        networks: ['net'],
        files: ['later'],
        more: 0,
      },
    ]);

  await learner.rewinds(step!.id);
  expect(await learner.runs('cat ~/app/deep/note; ls ~')).toBe('before\napp');
  expect(await learner.runs(`docker ps --format '{{.Names}}' | sort | xargs`)).toBe('bare kept');
  expect(await learner.runs('docker volume ls -q; docker image ls -q mine')).toBe('data');
  await learner.types('pwd >/tmp/where');
  expect(await learner.runs('cat /tmp/where')).toBe('/root/app/deep');
  const states = await real.house.tasks.states(learner.id);
  expect(states.map(({ id, passed }) => [id, passed])).toContainEqual(['hello-ran', true]);
  expect(await learner.history.of(learner.id)).toMatchObject({ attempts: 1 });

  await learner.rewinds(start!.id);
  expect(await learner.runs('ls ~; docker ps -aq; docker volume ls -q')).toBe('');
  expect((await learner.history.of(learner.id)).attempts).toBe(2);
});

test('what is kept survives the server, and goes with the sandbox', async () => {
  const learner = await real.opens('first-steps');
  await learner.types('echo mine >~/mine');
  const { snapshots } = await learner.history.keep(learner.id, '午饭前');
  expect(snapshots.map(({ name }) => name)).toEqual([null, '午饭前']);
  await learner.runs('rm ~/mine');
  await real.restart();
  await learner.isReady();
  const again = await learner.history.of(learner.id);
  expect(again.snapshots.map(({ id, name }) => ({ id, name }))).toEqual(
    snapshots.map(({ id, name }) => ({ id, name })),
  );
  await learner.rewinds(snapshots[1]!.id);
  expect(await learner.runs('cat ~/mine')).toBe('mine');
  await real.house.sandboxes.close(learner.id);
  await real.house.sandboxes.settled();
  expect(await real.house.engine.remains()).not.toContain(learner.id);
  expect(await real.house.store.history.snapshots(learner.id)).toEqual([]);
});

test('the state that the steps before would leave is brought, and is there at once for the next learner', async () => {
  const learner = await real.opens('first-steps');
  expect((await learner.history.of(learner.id)).startable).toEqual(['serve']);
  await learner.types('echo mine >~/mine');
  await learner.history.rewind(learner.id, { to: 'step', step: 'serve' });
  expect(learner.sandbox.view().preparing?.stage).toBe('replaying');
  await learner.keeps((history) => history.attempts === 1);
  await learner.isReady();
  expect(await learner.runs(`ls ~; docker ps -a --format '{{.Image}}'`)).toBe('hello-world');
  // Brought, not done: no step of the learner's has ended by it.
  const { snapshots } = await learner.history.of(learner.id);
  expect(snapshots.map(({ kind }) => kind)).toEqual(['start']);

  const next = await real.opens('first-steps');
  const made = (await real.house.engine.machines()).length;
  await next.history.rewind(next.id, { to: 'step', step: 'serve' });
  await next.keeps((history) => history.attempts === 1);
  await next.isReady();
  expect(await next.runs(`docker ps -a --format '{{.Image}}'`)).toBe('hello-world');
  expect(await real.house.engine.machines()).toHaveLength(made);
});

test('a second try begins with what was kept of the first, and both live on', async () => {
  const first = await real.opens('first-steps');
  await first.types('echo shared >~/shared', 'docker run -d --name web busybox sleep 1d');
  const { snapshots } = await first.history.keep(first.id, 'here');
  const second = await real.visits(await first.history.fork(first.id, snapshots.at(-1)!.id));
  await second.runs('echo second >>~/shared');
  expect(await second.runs(`cat ~/shared; docker ps --format '{{.Names}}'`)).toBe('shared\nsecond\nweb');
  expect(await first.runs('cat ~/shared; docker ps -q | wc -l')).toBe('shared\n1');
  expect(second.sandbox).toMatchObject({ lesson: first.sandbox.lesson, seed: first.sandbox.seed });
  await real.house.sandboxes.close(first.id);
  await real.house.sandboxes.settled();
  // The first is gone with all that was kept of it; the second has its own beginning.
  const own = (await second.history.of(second.id)).snapshots;
  expect(own.map(({ kind }) => kind)).toEqual(['start']);
  await second.rewinds(own[0]!.id);
  expect(await second.runs('cat ~/shared')).toBe('shared');
});

test('two machines go back together, and whoever looks at a terminal meanwhile goes on looking', async () => {
  const learner = await real.opens('two-machines');
  const seen: string[] = [];
  const key = { sandbox: learner.id, machine: 'node1', terminal: '2' };
  const viewer = await real.house.terminals.attach(
    key,
    { cols: 80, rows: 24, offset: undefined, readOnly: false },
    {
      ready: () => void seen.push('ready'),
      size() {},
      output(bytes) {
        seen.push(bytes.toString());
        viewer?.ack(bytes.length);
      },
      title() {},
      exit: () => void seen.push('exit'),
      lost: () => void seen.push('lost'),
      viewers() {},
    },
  );
  const shown = () => seen.join('');
  viewer.write(Buffer.from('mkdir -p /srv/site && cd /srv/site && echo th""ere\r'));
  await expect.poll(shown).toContain('there\r\n');
  await learner.runs('echo one >/root/which', 'node1');
  await learner.runs('echo two >/root/which && docker run -d --name web busybox sleep 1d', 'node2');
  const { snapshots } = await learner.history.keep(learner.id, 'both');
  await learner.runs('rm /root/which', 'node1');
  await learner.runs('rm /root/which && docker rm -f web', 'node2');
  await learner.rewinds(snapshots.at(-1)!.id);
  expect(await learner.runs('cat /root/which; getent hosts node2 | grep -c node2', 'node1')).toBe('one\n1');
  expect(await learner.runs(`cat /root/which; docker ps --format '{{.Names}}'`, 'node2')).toBe('two\nweb');
  await expect.poll(() => seen.filter((one) => one === 'ready').length).toBe(2);
  viewer.write(Buffer.from('echo "<$PWD>"\r'));
  await expect.poll(shown).toContain('</srv/site>\r\n');
  expect(seen).not.toContain('exit');
  viewer.close();
});

test('a machine that dies right after a return comes back to the same state', async () => {
  const learner = await real.opensPlayground(['busybox']);
  await learner.runs('echo kept >/root/note');
  const { snapshots } = await learner.history.keep(learner.id, 'note');
  await learner.runs('rm /root/note');
  await learner.rewinds(snapshots.at(-1)!.id);
  const ref = learner.sandbox.machines.get('node1')!;
  await real.house.engine.stopMachine(ref);
  await expect.poll(() => learner.sandbox.state, { timeout: 20_000 }).toBe('preparing');
  await learner.isReady();
  expect(await learner.runs('cat /root/note')).toBe('kept');
});
