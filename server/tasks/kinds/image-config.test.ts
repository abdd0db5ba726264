/** Near misses of what an image was built with. */
import { expect, test } from 'vitest';
import type { ImageConfigExpectation } from '#server/lessons/expectation.ts';
import { image, imageConfig, sources } from '../testing/worlds.ts';
import { judgeImage } from './image.ts';

const mine = image({
  tags: ['mine:latest'],
  config: imageConfig({
    cmd: ['/bin/sh', '-c', 'nginx -g "daemon off;"'],
    entrypoint: ['/entry.sh'],
    user: 'app',
    workdir: '/srv',
    env: { MODE: 'test' },
    labels: { tier: 'front' },
    ports: ['80/tcp', '53/udp'],
  }),
});
const judge = (config: ImageConfigExpectation, images = [mine]) =>
  judgeImage({ ref: 'mine', config }, sources({ images }));

test('an image passes with all that is asked of it', () => {
  const config = {
    cmd: 'nginx',
    entrypoint: '/entry.sh',
    user: 'app',
    workdir: '/srv',
    env: { MODE: 'test' },
    label: { tier: 'front' },
    ports: ['80', '53/udp'],
  };
  expect(judge(config).passed).toBe(true);
});

test.each<[ImageConfigExpectation, string, string]>([
  [{ cmd: 'httpd' }, 'cmd', 'its CMD is /bin/sh -c nginx -g "daemon off;"'],
  [{ entrypoint: 'tini' }, 'entrypoint', 'its ENTRYPOINT is /entry.sh'],
  [{ user: 'root' }, 'user', 'its USER is app'],
  [{ workdir: '/app' }, 'workdir', 'its WORKDIR is /srv'],
  [{ env: { MODE: 'live' } }, 'env', 'MODE is test'],
  [{ label: { team: 'a' } }, 'label', 'team is not set'],
  [{ ports: ['53'] }, 'ports', 'it exposes 80/tcp, 53/udp'],
])('%j is missed in words', (config, field, words) => {
  const verdict = judge(config);
  expect(verdict).toMatchObject({ passed: false, near: true });
  expect(verdict.facts.filter(({ ok }) => !ok)).toMatchObject([{ field, words: { en: words } }]);
});

test('an image that says nothing is missed in words too', () => {
  const bare = image({ tags: ['mine:latest'] });
  const words = judge({ cmd: 'a', user: 'b', ports: ['80'] }, [bare]).facts.map(({ words }) => words?.en);
  expect(words).toEqual([undefined, 'it has no CMD', 'it has no USER', 'it exposes no port']);
});
