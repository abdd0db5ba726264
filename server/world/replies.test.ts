/** Replies as Docker sends them in its corners, and as somebody in its place might. */
import { expect, test } from 'vitest';
import { parseContainer, parseImage, parseVolumes } from './replies.ts';

const ID = 'a'.repeat(64);
const container = (parts: { host?: object; config?: object; networks?: unknown } = {}) => ({
  Id: ID,
  Name: '/web',
  Image: `sha256:${ID}`,
  State: { Status: 'created', ExitCode: 0 },
  HostConfig: { ...parts.host },
  Config: { Image: 'nginx', ...parts.config },
  NetworkSettings: { Ports: {}, Networks: parts.networks ?? null },
});

test('what is left out or null is none', () => {
  const nothing = { user: '', networkMode: '', pidMode: '', capAdd: [], addresses: [], networks: [] };
  expect(parseContainer(container())).toMatchObject({ ...nothing, readOnlyRoot: false });
  const host = { NetworkMode: null, PidMode: null, ReadonlyRootfs: null, CapAdd: null };
  expect(parseContainer(container({ host, config: { User: null } }))).toMatchObject(nothing);
  const networks = { back: null, front: { IPAddress: '' }, bridge: { IPAddress: '172.17.0.2' } };
  expect(parseContainer(container({ networks }))).toMatchObject({
    networks: ['back', 'front', 'bridge'],
    addresses: ['172.17.0.2'],
  });
});

test('an image without a configuration is an image', () => {
  const image = { Id: `sha256:${ID}`, Size: 1, RootFS: { Layers: null } };
  const none = { cmd: [], entrypoint: [], user: '', workdir: '', env: {}, labels: {}, ports: [] };
  expect(parseImage(image).config).toEqual(none);
  expect(parseImage({ ...image, Config: { Cmd: null, ExposedPorts: null } }).config).toEqual(none);
});

test('what is too long or too much is cut', () => {
  const long = 'x'.repeat(100_000);
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, long]));
  const seen = parseContainer(
    container({
      host: { CapAdd: Array.from({ length: 1_000 }, () => long), NetworkMode: long, PidMode: long },
      config: { User: long, Labels: many },
      networks: Object.fromEntries(
        Array.from({ length: 1_000 }, (_, index) => [`n${index}`, { IPAddress: long }]),
      ),
    }),
  );
  const config = {
    Cmd: Array.from({ length: 1_000 }, () => long),
    Labels: many,
    ExposedPorts: many,
    WorkingDir: long,
  };
  const image = parseImage({ Id: ID, Size: 1, RootFS: { Layers: [] }, Config: config });
  const volumes = parseVolumes({
    Volumes: Array.from({ length: 1_000 }, (_, index) => ({ Name: `v${index}`, Driver: long, Labels: many })),
  });
  expect(JSON.stringify(seen).length).toBeLessThan(60_000);
  expect(JSON.stringify(image).length).toBeLessThan(80_000);
  expect(volumes).toHaveLength(300);
  expect(JSON.stringify(volumes[0]).length).toBeLessThan(60_000);
});

test('a shape that is not Docker’s is refused', () => {
  expect(() => parseContainer(container({ host: { CapAdd: 'ALL' } }))).toThrow();
  expect(() => parseContainer(container({ config: { User: 7 } }))).toThrow();
  expect(() => parseVolumes({ Volumes: [{ Name: 'a', Driver: 'local', Labels: ['x'] }] })).toThrow();
});
