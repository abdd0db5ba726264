/** Meetings: who may announce one, whether the host is large enough, and when machines are made for it. */
import { expect, test } from 'vitest';
import type { LessonDefinition } from '../lessons/contract.ts';
import { FakeClock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Sandbox, WarmOrder } from '../sandbox/contract.ts';
import { createFakeStore } from '../sandbox/testing/fake-store.ts';
import type { ClassRow, EnrolmentRow } from '../store/contract.ts';
import { ClassroomError, type ClassEvent, type Person } from './contract.ts';
import { openMeetings } from './meetings.ts';

const HELLO = { course: 'basics', lesson: 'hello' };
const SWARM = { course: 'basics', lesson: 'swarm' };
const INES: Person = { id: 'ines', name: 'Ines', role: 'instructor' };
const MINUTE_MS = 60_000;

const plans: Record<string, { name: string; images: string[] }[]> = {
  hello: [{ name: 'node1', images: ['nginx'] }],
  swarm: ['node1', 'node2', 'node3'].map((name) => ({ name, images: [] })),
};

async function room({ capacity = 40, store = createFakeStore() } = {}) {
  const clock = new FakeClock();
  const events = new Emitter<ClassEvent>();
  const orders: (readonly WarmOrder[])[] = [];
  const open = new Map<string, Partial<Sandbox>>();
  const host = { used: 0, ready: 0 };
  const places: Partial<EnrolmentRow>[] = [];
  const meetings = await openMeetings({
    table: store.classes,
    clock,
    classes: {
      taught(person, id) {
        if (person.id !== INES.id) throw new ClassroomError('not_found', 'no');
        return { id, lessons: [HELLO, SWARM].map((lesson) => ({ lesson })) } as unknown as ClassRow;
      },
      learners: (id) => (id === 'autumn22' ? (places as EnrolmentRow[]) : []),
      on: (listener) => events.on(listener),
    },
    sandboxes: {
      ahead: {
        order: (wanted) => void orders.push(wanted),
        readyWith: () => host.ready,
        places: () => ({ capacity, used: host.used }),
      },
      of: (userId) => [open.get(userId)].filter((one) => one !== undefined) as Sandbox[],
    },
    lessons: {
      definition: ({ lesson }) =>
        plans[lesson] ? ({ plan: { machines: plans[lesson] } } as unknown as LessonDefinition) : null,
    },
  });
  const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * MINUTE_MS).toISOString();
  const announce = (minutes: number, learners: number, lesson: LessonKey = HELLO, id = 'autumn22') =>
    meetings.announce(INES, id, { at: inMinutes(minutes), learners, lesson });
  return { meetings, clock, events, orders, open, host, places, store, announce };
}

test('machines are made shortly before, as many as will come, and no more once they are late', async () => {
  const { announce, clock, orders, meetings, host } = await room();
  const view = await announce(60, 30);
  expect(view).toMatchObject({ stage: 'planned', machines: 30, ahead: true, waiting: 0, wanted: 0, came: 0 });
  await clock.advance(49 * MINUTE_MS);
  expect(orders).toEqual([]);
  await clock.advance(MINUTE_MS);
  expect(orders.at(-1)).toEqual([{ images: ['nginx'], count: 30 }]);
  host.ready = 12;
  expect(meetings.of(INES, 'autumn22')).toMatchObject({ stage: 'warming', ready: 12, wanted: 30 });
  host.ready = 30;
  expect(meetings.of(INES, 'autumn22')).toMatchObject({ stage: 'ready', ready: 30 });
  await clock.advance(41 * MINUTE_MS);
  expect(orders.at(-1)).toEqual([]);
  expect(meetings.of(INES, 'autumn22')?.stage).toBe('over');
  const told = orders.length;
  await clock.advance(60 * MINUTE_MS);
  expect(orders).toHaveLength(told);
});

test('who has come needs none any more, and is not counted against the class', async () => {
  const { announce, clock, orders, open, places, host, meetings } = await room({ capacity: 10 });
  await announce(5, 10);
  places.push({ userId: 'ann' }, { userId: 'bo' }, { userId: 'cy' }, { userId: null });
  open.set('ann', { state: 'ready', lesson: HELLO });
  open.set('bo', { state: 'asleep', lesson: HELLO });
  open.set('cy', { state: 'ready', lesson: SWARM });
  host.used = 1;
  await clock.advance(30_000);
  expect(orders.at(-1)).toEqual([{ images: ['nginx'], count: 9 }]);
  expect(meetings.of(INES, 'autumn22')).toMatchObject({ came: 1, used: 0, waiting: 0, wanted: 9 });
});

test('a host that is too small says how many would wait', async () => {
  const { announce, host } = await room({ capacity: 40 });
  host.used = 4;
  expect(await announce(60, 50)).toMatchObject({ capacity: 40, used: 4, waiting: 14 });
  // Three machines each: whoever gets only two has none.
  expect(await announce(60, 50, SWARM)).toMatchObject({ machines: 150, waiting: 38 });
});

test('another class at about the same time takes its places; one on another day does not', async () => {
  const { announce } = await room({ capacity: 40 });
  await announce(60, 30, HELLO, 'winter22');
  expect(await announce(90, 20)).toMatchObject({ others: 30, waiting: 10 });
  expect(await announce(60 * 24, 20)).toMatchObject({ others: 0, waiting: 0 });
});

test('machines of a lesson with several are not made before', async () => {
  const { announce, orders } = await room();
  expect(await announce(5, 3, SWARM)).toMatchObject({ ahead: false, wanted: 0, ready: 0, stage: 'ready' });
  expect(orders).toEqual([]);
});

test('called off, nothing is made; with the class goes its meeting', async () => {
  const { announce, meetings, orders, events } = await room();
  await announce(5, 3);
  expect(orders.at(-1)).toHaveLength(1);
  await meetings.cancel(INES, 'autumn22');
  expect(orders.at(-1)).toEqual([]);
  expect(meetings.of(INES, 'autumn22')).toBeNull();
  await announce(5, 3);
  events.emit({ type: 'removed', class: 'autumn22' });
  expect(orders.at(-1)).toEqual([]);
});

test('after a restart it goes on with what was announced', async () => {
  const { announce, store } = await room();
  await announce(5, 3);
  const { orders } = await room({ store });
  expect(orders).toEqual([[{ images: ['nginx'], count: 3 }]]);
});

test('what cannot be is refused', async () => {
  const { announce, meetings, clock } = await room();
  await expect(announce(-31, 3)).rejects.toMatchObject({ code: 'bad_request' });
  await expect(announce(5, 3, { course: 'basics', lesson: 'gone' })).rejects.toMatchObject({
    code: 'bad_request',
  });
  const at = new Date(clock.now().getTime() + MINUTE_MS).toISOString();
  const stranger: Person = { id: 'max', name: 'Max', role: 'instructor' };
  const meeting = { at, learners: 3, lesson: HELLO };
  await expect(meetings.announce(stranger, 'autumn22', meeting)).rejects.toMatchObject({ code: 'not_found' });
  expect(() => meetings.of(stranger, 'autumn22')).toThrow(ClassroomError);
  await expect(meetings.cancel(stranger, 'autumn22')).rejects.toMatchObject({ code: 'not_found' });
});
