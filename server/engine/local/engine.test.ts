import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import type { LocalEngineSettings } from '../contract.ts';
import { openLocalEngine } from './engine.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'engine-'));
});
afterEach(() => rm(directory, { recursive: true }));

const settings = (): LocalEngineSettings => ({
  socketPath: join(directory, 'docker.sock'),
  instance: '213',
  bridgePrefix: 'dd213-',
  subnet: '10.213.0.0/16',
  serviceAddress: '10.213.255.1',
  dnsHostsDirectory: directory,
  dnsPidFile: join(directory, 'dns.pid'),
  poolDirectory: directory,
  quota: false,
  machineImage: 'machine:1',
  runtime: null,
  seccompProfile: '{}',
  mappedUid: 0,
  catalogDigest: 'sha256:0',
});

/** An outer engine that answers every question with `reply`. */
async function answering(reply: unknown, status = 200) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(settings().socketPath, resolve));
  return {
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('an engine that is not there is down', async () => {
  await expect(openLocalEngine(settings(), silentLog)).rejects.toMatchObject({ code: 'engine_down' });
});

test('an engine without userns-remap is refused with the way out', async () => {
  await using server = await answering({ SecurityOptions: ['name=seccomp,profile=default'] });
  await expect(openLocalEngine(settings(), silentLog)).rejects.toMatchObject({
    code: 'unsuitable_engine',
    message: expect.stringContaining('"userns-remap": "default"'),
  });
  expect(server.asked()).toBe(1);
});

test('an engine that errs says what was tried', async () => {
  await using server = await answering({ message: 'cannot' }, 500);
  await expect(openLocalEngine(settings(), silentLog)).rejects.toMatchObject({
    code: 'machine_unreachable',
    message: expect.stringMatching(/^Asking the outer engine about itself failed: .*cannot/),
  });
  expect(server.asked()).toBe(1);
});
