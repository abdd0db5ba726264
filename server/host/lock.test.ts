import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.ts';

const name = (test: string) => `${test} of ${process.pid}`;

test('who comes second waits for the first', async () => {
  const told: string[] = [];
  const turn = (who: string) =>
    withLock(name('turns'), async () => {
      told.push(`${who} in`);
      await new Promise((settle) => setImmediate(settle));
      told.push(`${who} out`);
    });
  await Promise.all(['a', 'b', 'c'].map(turn));
  for (let i = 0; i < told.length; i += 2) expect(told[i]!.replace('in', 'out')).toBe(told[i + 1]);
});

test('a failure lets go of the lock', async () => {
  await expect(withLock(name('failure'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(name('failure'), async () => 'mine')).toBe('mine');
});

test('a process that is killed lets go of the lock', async () => {
  const module = join(import.meta.dirname, 'lock.ts');
  const script = `import { withLock } from ${JSON.stringify(module)};
    await withLock(${JSON.stringify(name('kill'))}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)); });`;
  const holder = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
  await once(holder.stdout, 'data');
  const mine = withLock(name('kill'), async () => 'mine');
  holder.kill('SIGKILL');
  expect(await mine).toBe('mine');
});
