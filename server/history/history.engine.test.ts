/** Going back in time on real machines: what comes back, what is lost, and what survives a server. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RealHouse } from './testing/real-house.ts';

let real: RealHouse;
beforeAll(async () => {
  real = await RealHouse.open();
}, 600_000);
afterEach(() => expect(real.errors.splice(0)).toEqual([]));
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
  await real.house.sandboxes.close(learner.id);
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
  expect(await real.house.engine.remains()).toEqual([]);
  expect(await real.house.store.history.snapshots(learner.id)).toEqual([]);
});
