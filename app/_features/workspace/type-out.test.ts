import { expect, test } from 'vitest';
import { typeOut, type Typist } from './type-out.ts';

const on = (machine: string, text: string) => ({ machine, text });

/** A desk of terminals that run what is typed until a test ends it. */
function desk() {
  const typed: string[] = [];
  const at: number[] = [];
  const busy = new Set<string>();
  const listeners = new Set<(terminal: string) => void>();
  let pauses = 0;
  const typist: Typist = {
    type({ machine, text }) {
      const terminal = `${machine}/1`;
      if (busy.has(terminal)) return null;
      busy.add(terminal);
      typed.push(text);
      return terminal;
    },
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    at: (line) => void at.push(line),
    pause: async () => void pauses++,
  };
  return {
    typist,
    typed,
    at,
    listeners,
    busy,
    pauses: () => pauses,
    async ends(terminal: string) {
      busy.delete(terminal);
      for (const listener of listeners) listener(terminal);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    },
  };
}

test('each line waits for the one before it to end', async () => {
  const { typist, typed, at, ends, listeners } = desk();
  const end = typeOut([on('node1', 'a'), on('node1', 'b')], typist, new AbortController().signal);
  await Promise.resolve();
  expect(typed).toEqual(['a']);
  await ends('node2/1');
  expect(typed).toEqual(['a']);
  await ends('node1/1');
  expect(typed).toEqual(['a', 'b']);
  await ends('node1/1');
  expect(await end).toBe('done');
  expect(at).toEqual([0, 1]);
  expect(listeners.size).toBe(0);
});

test('a line for another machine waits as well: it may need what the first one did', async () => {
  const { typist, typed, ends } = desk();
  const end = typeOut([on('node1', 'a'), on('node2', 'b')], typist, new AbortController().signal);
  await Promise.resolve();
  expect(typed).toEqual(['a']);
  await ends('node1/1');
  expect(typed).toEqual(['a', 'b']);
  await ends('node2/1');
  expect(await end).toBe('done');
});

test('the end of a command is heard before its prompt is there: it is tried again', async () => {
  const room = desk();
  room.busy.add('node1/1');
  const { pause } = room.typist;
  room.typist.pause = async (milliseconds) => {
    await pause(milliseconds);
    if (room.pauses() === 3) room.busy.clear();
  };
  const end = typeOut([on('node1', 'a')], room.typist, new AbortController().signal);
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  expect(room.typed).toEqual(['a']);
  await room.ends('node1/1');
  expect(await end).toBe('done');
});

test('a terminal in which something else runs is left alone', async () => {
  const { typist, typed, busy, pauses } = desk();
  busy.add('node1/1');
  expect(await typeOut([on('node1', 'a')], typist, new AbortController().signal)).toBe('busy');
  expect(typed).toEqual([]);
  expect(pauses()).toBe(100);
});

test('stopped, it types nothing more; what runs goes on', async () => {
  const { typist, typed, ends, listeners } = desk();
  const controller = new AbortController();
  const end = typeOut([on('node1', 'a'), on('node1', 'b')], typist, controller.signal);
  await Promise.resolve();
  controller.abort();
  expect(await end).toBe('stopped');
  await ends('node1/1');
  expect(typed).toEqual(['a']);
  expect(listeners.size).toBe(0);
});
