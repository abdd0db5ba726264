import { PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { expect, test } from 'vitest';
import { createLog } from '../../lib/log.ts';
import type { EngineChange } from '../contract.ts';
import { changeOf, watchChanges } from './changes.ts';

const ref = { node: 'local', sandbox: 'abcdefgh', machine: 'node1', generation: 2 };

function event(action: string, more: Record<string, string> = {}, id = 'c1'): string {
  const labels = { 'drydock.sandbox': 'abcdefgh', 'drydock.machine': 'node1', 'drydock.generation': '2' };
  return JSON.stringify({
    Type: 'container',
    Action: action,
    Actor: { ID: id, Attributes: { ...labels, ...more } },
  });
}

test('start, die and destroy become changes of that life of the machine', () => {
  const oom = new Set<string>();
  expect(changeOf(event('start'), oom)).toEqual({ type: 'started', ref });
  expect(changeOf(event('die', { exitCode: '0' }), oom)).toEqual({
    type: 'stopped',
    ref,
    outOfMemory: false,
  });
  expect(changeOf(event('destroy'), oom)).toEqual({ type: 'removed', ref });
});

test('a machine that was killed for want of memory says so', () => {
  const oom = new Set<string>();
  expect(changeOf(event('oom'), oom)).toBeNull();
  expect(changeOf(event('die', { exitCode: '137' }), oom)).toMatchObject({ outOfMemory: true });
});

test('a gentle stop long after one program was killed for memory is no death by memory', () => {
  const oom = new Set<string>();
  changeOf(event('oom'), oom);
  expect(changeOf(event('die', { exitCode: '143' }), oom)).toMatchObject({ outOfMemory: false });
  expect(changeOf(event('die', { exitCode: '137' }), oom)).toMatchObject({ outOfMemory: false });
});

test('a container without our labels is nobody', () => {
  const stranger = JSON.stringify({ Action: 'start', Actor: { ID: 'x', Attributes: { name: 'other' } } });
  expect(changeOf(stranger, new Set())).toBeNull();
});

/** An engine whose events are written by hand; each subscription gets a stream of its own. */
function watchByHand() {
  const streams: PassThrough[] = [];
  const warnings: string[] = [];
  const seen: EngineChange[] = [];
  const stop = new AbortController();
  const docker = new Docker({ socketPath: '/nowhere' });
  let isAway = false;
  docker.getEvents = async () => {
    if (isAway) throw new Error('connect ECONNREFUSED');
    const stream = new PassThrough();
    streams.push(stream);
    return stream;
  };
  const watching = (async () => {
    const changes = watchChanges({
      docker,
      instance: '213',
      list: async () => [{ ref, running: true }],
      isHidden: (sandbox) => sandbox === 'goldgold',
      signal: stop.signal,
      log: createLog({ level: 'warn', write: (line) => warnings.push(line) }),
    });
    for await (const change of changes) seen.push(change);
  })();
  const types = () => seen.map(({ type }) => type);
  const away = (value: boolean) => void (isAway = value);
  return { streams, warnings, types, stop, watching, away };
}

test('after every loss of the stream the full list comes first again', async () => {
  const { streams, types, stop, watching, away, warnings } = watchByHand();
  await expect.poll(types).toEqual(['machines']);
  streams[0]!.write(`${event('die', { exitCode: '0' })}\n`);
  await expect.poll(types).toEqual(['machines', 'stopped']);
  away(true);
  streams[0]!.destroy(new Error('the engine went away'));
  await expect.poll(() => warnings.length).toBe(1);
  away(false);
  await expect.poll(() => streams.length).toBe(2);
  streams[1]!.write(`${event('start')}\n`);
  await expect.poll(types).toEqual(['machines', 'stopped', 'machines', 'started']);
  expect(warnings).toHaveLength(1);
  stop.abort();
  streams[1]!.end();
  await watching;
});

test('an engine that closes the stream politely is asked again too', async () => {
  const { streams, types, stop, watching } = watchByHand();
  await expect.poll(types).toEqual(['machines']);
  streams[0]!.end();
  await expect.poll(types).toEqual(['machines', 'machines']);
  stop.abort();
  streams[1]!.end();
  await watching;
});

test('machines that only make golden disks are not shown', async () => {
  const { streams, types, stop, watching } = watchByHand();
  await expect.poll(types).toEqual(['machines']);
  streams[0]!.write(`${event('start', { 'drydock.sandbox': 'goldgold' })}\n${event('destroy')}\n`);
  await expect.poll(types).toEqual(['machines', 'removed']);
  stop.abort();
  streams[0]!.end();
  await watching;
});
