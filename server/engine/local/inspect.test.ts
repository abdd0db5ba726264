/** The outer engine may answer nothing until somebody thaws the machine. */
import type { ContainerInspectInfo } from 'dockerode';
import { expect, test } from 'vitest';
import { inspectAwake } from './inspect.ts';

const STATE = { Id: 'abc' } as ContainerInspectInfo;
const BRIEF_MS = 5;

test('an answer at once thaws nothing', async () => {
  const thaw = async () => expect.unreachable();
  expect(await inspectAwake({ inspect: async () => STATE }, thaw, BRIEF_MS)).toBe(STATE);
});

test('no answer leads to thawing until there is one', async () => {
  const { promise, resolve } = Promise.withResolvers<ContainerInspectInfo>();
  let thaws = 0;
  const thaw = async () => {
    thaws++;
    if (thaws === 3) resolve(STATE);
  };
  expect(await inspectAwake({ inspect: () => promise }, thaw, BRIEF_MS)).toBe(STATE);
  expect(thaws).toBe(3);
});

test('a machine that cannot be thawed is given up, and nobody waits on', async () => {
  const inspect = () => new Promise<never>(() => {});
  await expect(inspectAwake({ inspect }, async () => {}, BRIEF_MS)).rejects.toMatchObject({
    code: 'machine_unreachable',
  });
});

test('what the engine refuses is handed on', async () => {
  const refused = Object.assign(new Error('no such container'), { statusCode: 404 });
  const inspect = () => Promise.reject(refused);
  await expect(inspectAwake({ inspect }, async () => {}, BRIEF_MS)).rejects.toBe(refused);
});
