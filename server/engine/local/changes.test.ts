import { expect, test } from 'vitest';
import { changeOf } from './changes.ts';

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
