import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HostConfig } from './contract.ts';
import { givenEngineStep, mappedUid } from './outer-engine.ts';

async function withEngine(
  info: object,
  work: (config: HostConfig & { engineSocket: string }) => Promise<void>,
) {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-engine-'));
  const engineSocket = join(directory, 'docker.sock');
  const server = createServer((_, response) => response.end(JSON.stringify(info)));
  await new Promise<void>((settle) => server.listen(engineSocket, settle));
  try {
    const config = {
      dataDirectory: directory,
      artifactsDirectory: directory,
      poolBytes: null,
      pullThrough: null,
      port: 0,
      host: '',
    };
    await work({ ...config, engineSocket });
  } finally {
    server.close();
    await rm(directory, { recursive: true });
  }
}

const remapped = {
  DockerRootDir: '/var/lib/docker/231072.231072',
  SecurityOptions: ['name=seccomp,profile=default', 'name=userns'],
  Runtimes: { runc: {} },
};

test('an engine with userns-remap is used, with its own first uid and its own runtime', () =>
  withEngine(remapped, async (config) => {
    expect(await givenEngineStep(config).check()).toEqual({
      socketPath: config.engineSocket,
      mappedUid: 231_072,
      runtime: null,
    });
  }));

test('an engine without userns-remap is refused with the way out', () =>
  withEngine(
    { ...remapped, SecurityOptions: ['name=seccomp'], DockerRootDir: '/var/lib/docker' },
    async (config) => {
      await expect(givenEngineStep(config).check()).rejects.toMatchObject({
        code: 'engine_unsuitable',
        wayOut: expect.stringContaining('userns-remap'),
      });
    },
  ));

test('a socket behind which nothing answers is named', async () => {
  const config = {
    dataDirectory: '/',
    artifactsDirectory: '/',
    poolBytes: null,
    pullThrough: null,
    port: 0,
    host: '',
  };
  await expect(givenEngineStep({ ...config, engineSocket: '/nowhere.sock' }).check()).rejects.toMatchObject({
    code: 'engine_failed',
    message: 'The engine at /nowhere.sock does not answer as a Docker Engine should.',
  });
});

test('a data root that is not remapped is not mistaken for one', () => {
  expect(() => mappedUid('/var/lib/docker')).toThrow('invariant');
});
