import { expect, test } from 'vitest';
import { LOOKING, step, type Watching, type WatchingEvent } from './watching.ts';

const after = (...events: WatchingEvent[]): Watching => events.reduce(step, LOOKING);
const mode = (mode: Watching['mode'] | null): WatchingEvent => ({ type: 'mode', mode });

test('who looks may not type, and there is nothing to tell of it', () => {
  expect(after(mode('watches'))).toMatchObject({ mode: 'watches', news: null });
});

test('the learner allows it, and it is said', () => {
  expect(after(mode('asks'), mode('types'))).toMatchObject({ mode: 'types', news: 'allowed' });
});

test('the learner declines, and it is said', () => {
  expect(after(mode('asks'), mode('watches'))).toMatchObject({ mode: 'watches', news: 'declined' });
});

test('the learner ends it, and it is said', () => {
  expect(after(mode('asks'), mode('types'), mode('watches'))).toMatchObject({
    mode: 'watches',
    news: 'ended',
  });
});

test('who ends it by oneself needs no word', () => {
  expect(after(mode('types'), { type: 'leaving' }, mode('watches'))).toMatchObject({
    mode: 'watches',
    news: null,
    isLeaving: false,
  });
});

test('an end that did not reach the server was none', () => {
  const state = after(mode('types'), { type: 'leaving' }, { type: 'failed' }, mode('watches'));
  expect(state.news).toBe('ended');
});

test('a watcher that the server knows no more may not type', () => {
  expect(after(mode('types'), mode(null)).mode).toBe('watches');
});

test('terminals come and go without a word on typing', () => {
  const state = after(mode('types'), { type: 'terminals', terminals: [{ machine: 'node1', name: '1' }] });
  expect(state).toMatchObject({ mode: 'types', terminals: [{ machine: 'node1', name: '1' }] });
});
