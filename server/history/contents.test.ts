import { expect, test } from 'vitest';
import { container, image, network, volume, world } from '#server/tasks/testing/worlds.ts';
import { HISTORY_LIMITS } from '../protocol/history.ts';
import { contentsOf, lossOf, SWARM_TASK } from './contents.ts';

const of = (things: Parameters<typeof world>[0]) => contentsOf('node1', world(things));
const NOTHING = {
  machine: 'node1',
  containers: [],
  images: [],
  volumes: [],
  networks: [],
  files: [],
  more: 0,
};

test('what is there in both is not lost, whatever became of it meanwhile', () => {
  const then = of({
    containers: [container({ name: 'web' })],
    images: [image({ tags: ['nginx:latest'] })],
    volumes: [volume({ name: 'data' })],
    networks: [network({ name: 'bridge' }), network({ name: 'front' })],
  });
  const now = of({
    containers: [container({ name: 'web', state: 'exited' })],
    images: [image({ tags: ['nginx:latest'] })],
    // An engine makes its own anew at each start.
    networks: [
      network({ name: 'bridge', id: 'other' }),
      network({ name: 'host' }),
      network({ name: 'none' }),
    ],
  });
  expect(lossOf(then, now, [])).toEqual(NOTHING);
});

test('a container of the same name is another one, and an image is known by its tags', () => {
  const id = 'sha256:abcdef0123456789';
  const then = of({
    containers: [container({ name: 'web', id: 'a' })],
    images: [image({ tags: ['mine:1'], id })],
  });
  const now = of({
    containers: [container({ name: 'web', id: 'b' })],
    images: [
      image({ tags: ['mine:1', 'mine:2'], id }),
      image({ tags: [], id: 'sha256:0123456789abcdef' }),
      image({ tags: ['nginx:latest'] }),
    ],
    volumes: [volume({ name: 'data' })],
    networks: [network({ name: 'front' })],
  });
  expect(lossOf(then, now, ['app/note'])).toEqual({
    ...NOTHING,
    containers: ['web'],
    images: ['mine:2', '0123456789ab', 'nginx:latest'],
    volumes: ['data'],
    networks: ['front'],
    files: ['app/note'],
  });
});

test('of very much only some is named, and the rest is a number', () => {
  const files = Array.from({ length: HISTORY_LIMITS.losses + 7 }, (_, index) => `${index}`.padEnd(400, 'x'));
  const volumes = files.map((name) => volume({ name }));
  const loss = lossOf(of({}), of({ volumes }), files);
  expect([loss.files.length, loss.volumes.length, loss.more]).toEqual([30, 30, 14]);
  expect(loss.files[0]).toHaveLength(300);
});

test('of a machine that nobody has looked into nothing is known', () => {
  expect(contentsOf('node1', null)).toMatchObject({ containers: [], images: [], volumes: [], networks: [] });
});

test('paused containers ran too, ended ones did not', () => {
  const containers = (['running', 'paused', 'restarting', 'exited', 'created'] as const).map((state) =>
    container({ name: state, state }),
  );
  const ran = of({ containers }).containers.filter(({ running }) => running);
  expect(ran.map(({ name }) => name)).toEqual(['running', 'paused', 'restarting']);
  // A swarm starts its own by itself.
  const task = container({ name: 'web.1', labels: { [SWARM_TASK]: 'x' } });
  expect(of({ containers: [task] }).containers).toMatchObject([{ name: 'web.1', running: false }]);
});
