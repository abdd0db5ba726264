import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MachineRef } from '../engine/contract.ts';
import { FakeClock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { silentLog } from '../lib/log.ts';
import type { BuildNote } from '../protocol/builds.ts';
import type { Sandbox, SandboxEvent } from '../sandbox/contract.ts';
import { openBuilds } from './builds.ts';
import { encoded, FakeBuildKit, message, type Part } from './testing/fake-buildkit.ts';

const REF = { node: 'here', sandbox: 'annannaa', machine: 'node1', generation: 1 } satisfies MachineRef;
const PLACE = { sandbox: REF.sandbox, machine: REF.machine };
const HISTORY = '/moby.buildkit.v1.Control/ListenBuildHistory';
const STATUS = '/moby.buildkit.v1.Control/Status';

let kit: FakeBuildKit;
let clock: FakeClock;
let changes: Emitter<SandboxEvent>;
let solved: Emitter<typeof PLACE>;
let dials: number;
let notes: BuildNote[];
let room: ReturnType<typeof openBuilds>;

beforeEach(async () => {
  kit = await new FakeBuildKit().start();
  clock = new FakeClock();
  changes = new Emitter();
  solved = new Emitter();
  dials = 0;
  notes = [];
  kit.answers.set(STATUS, { sent: Buffer.alloc(0), status: '0' });
  const sandbox = { id: REF.sandbox, machines: new Map([[REF.machine, REF]]) } as unknown as Sandbox;
  room = openBuilds({
    engine: {
      dial: () => (dials++, kit.dial()),
      // No note of buildx, no files.
      run: async () => ({ code: 1, stdout: '', stderr: '' }),
    },
    sandboxes: { all: () => [sandbox], on: (listener) => changes.on(listener) },
    onSolved: (listener) => solved.on(listener),
    clock,
    log: silentLog,
  });
  room.on(({ note }) => notes.push(note));
});
afterEach(async () => {
  await room[Symbol.asyncDispose]();
  await kit[Symbol.asyncDispose]();
});

/** BuildKit remembers these; each ended so many seconds after the room was opened. */
function remembers(...ends: number[]): void {
  const openedAt = Math.floor(clock.now().getTime() / 1000);
  const told = ends.map((end): Part[] => [
    [1, 1],
    [
      2,
      [
        [1, `ref${end + 100}`],
        [
          3,
          [
            [1, 'filename'],
            [2, 'Dockerfile'],
          ],
        ],
        [7, [[1, openedAt + end]]],
      ],
    ],
  ]);
  kit.answers.set(HISTORY, { sent: Buffer.concat(told.map((one) => message(encoded(one)))), status: '0' });
}
const ids = async () => (await room.of(REF.sandbox)).map(({ id }) => id);

test('a build that ends is told of; one from before is known, but no news', async () => {
  remembers(-5, 1);
  solved.emit(PLACE);
  await vi.waitFor(() => expect(notes).toHaveLength(1));
  expect(notes[0]).toMatchObject({ id: 'ref101', machine: 'node1', failed: false });
  expect(await ids()).toEqual(['ref101', 'ref95']);
});

test('who asks finds what no trace told of, and asks the machine no more often than it makes sense', async () => {
  remembers(-5);
  expect(await ids()).toEqual(['ref95']);
  const before = dials;
  expect(await ids()).toEqual(['ref95']);
  expect(dials).toBe(before);
  remembers(-5, -4);
  await clock.advance(4000);
  expect(await ids()).toEqual(['ref96', 'ref95']);
});

test('no more than ten are kept, the oldest go', async () => {
  remembers(...Array.from({ length: 30 }, (_, index) => index + 1));
  expect(await ids()).toEqual(Array.from({ length: 10 }, (_, index) => `ref${130 - index}`));
});

test('a machine that answers nonsense has no builds, and is asked again', async () => {
  kit.refusal = 'HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n';
  expect(await ids()).toEqual([]);
  kit.refusal = null;
  remembers(-1);
  expect(await ids()).toEqual(['ref99']);
});

test('a build that cannot be read hides no others, and is not asked for again', async () => {
  remembers(-3, -2);
  const broken = Buffer.from([0x0a, 0xff]);
  kit.answers.set(STATUS, { sent: message(broken), status: '0' });
  expect(await ids()).toEqual([]);
  kit.answers.set(STATUS, { sent: Buffer.alloc(0), status: '0' });
  remembers(-3, -2, -1);
  await clock.advance(4000);
  expect(await ids()).toEqual(['ref99']);
});

test('a machine that sleeps is not asked, and a closed sandbox has none', async () => {
  remembers(-1);
  expect(await ids()).toEqual(['ref99']);
  await clock.advance(4000);
  const before = dials;
  changes.emit({ type: 'machine-down', ref: REF } as unknown as SandboxEvent);
  expect(await ids()).toEqual(['ref99']);
  expect(dials).toBe(before);
  changes.emit({ type: 'changed', sandbox: { id: REF.sandbox, state: 'closed' } } as unknown as SandboxEvent);
  expect(await ids()).toEqual([]);
});

test('another sandbox has none of them', async () => {
  remembers(1);
  expect(await room.of('bobbobbb')).toEqual([]);
});
