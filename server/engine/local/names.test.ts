import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../lib/log.ts';
import { Names } from './names.ts';

let directory: string;
const warnings: string[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'names-'));
  warnings.length = 0;
});
afterEach(() => rm(directory, { recursive: true }));

const open = () =>
  new Names({
    directory,
    pidFile: join(directory, '.no-pid'),
    log: createLog({ level: 'warn', write: (line) => warnings.push(line) }),
  });

test('machines of one sandbox that come at once all get their line, once', async () => {
  const names = open();
  await Promise.all(['1', '2', '3', '1'].map((n) => names.add('abcdefgh', `node${n}`, `10.213.0.${n}`)));
  expect(await readFile(join(directory, 'abcdefgh'), 'utf8')).toBe(
    '10.213.0.1 node1.abcdefgh.drydock\n10.213.0.2 node2.abcdefgh.drydock\n10.213.0.3 node3.abcdefgh.drydock\n',
  );
  expect(await readdir(directory)).toEqual(['abcdefgh']);
});

test('a removed sandbox leaves no name, and a DNS server that is away is worth a word', async () => {
  const names = open();
  await names.add('abcdefgh', 'node1', '10.213.0.2');
  expect(await names.sandboxes()).toEqual(['abcdefgh']);
  await names.remove('abcdefgh');
  expect(await names.sandboxes()).toEqual([]);
  expect(warnings).toHaveLength(1);
  await names.remove('abcdefgh');
  expect(warnings).toHaveLength(1);
});

test('a machine that goes takes its own name along, and the last one the file', async () => {
  const names = open();
  for (const n of ['1', '2']) await names.add('abcdefgh', `node${n}`, `10.213.0.${n}`);
  await names.removeMachine('abcdefgh', 'node1');
  expect(await readFile(join(directory, 'abcdefgh'), 'utf8')).toBe('10.213.0.2 node2.abcdefgh.drydock\n');
  await names.removeMachine('abcdefgh', 'node1');
  expect(warnings).toHaveLength(1);
  await names.removeMachine('abcdefgh', 'node2');
  expect(await readdir(directory)).toEqual([]);
});
