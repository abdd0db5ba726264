import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stopServer } from './server-process.ts';

const house = mkdtempSync(join(tmpdir(), 'drydock-server-'));
mkdirSync(join(house, 'server'));
writeFileSync(join(house, 'server/main.ts'), `console.log('up'); setInterval(() => {}, 1000);`);
afterAll(() => rmSync(house, { recursive: true }));

async function startServer(dataDirectory: string) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'test', DRYDOCK_DATA: dataDirectory };
  const child = spawn(process.execPath, ['server/main.ts'], { cwd: house, env });
  await once(child.stdout, 'data');
  return { child, ended: once(child, 'close') };
}

test('the server of this data directory is stopped, another one lives on', async () => {
  const ours = await startServer(join(house, 'ours'));
  const other = await startServer(join(house, 'other'));
  await stopServer(join(house, 'ours'));
  expect((await ours.ended)[1]).toBe('SIGTERM');
  expect(other.child.exitCode ?? other.child.signalCode).toBeNull();
  await stopServer(join(house, 'other'));
  await other.ended;
});
