import { expect, test } from 'vitest';
import { FakeClock } from '#server/lib/clock.ts';
import { watchHealth } from './health.ts';

test('the engine is asked once a second at most', async () => {
  const clock = new FakeClock();
  let asked = 0;
  const health = watchHealth({ engine: async () => ++asked, version: '1', clock });
  await Promise.all([health(), health()]);
  expect(await health()).toEqual({ ok: true, engine: 'up', version: '1' });
  expect(asked).toBe(1);
  await clock.advance(1000);
  await health();
  expect(asked).toBe(2);
});

test('an engine that fails is down, and up again when it answers', async () => {
  const clock = new FakeClock();
  let fails = true;
  const engine = async () => {
    if (fails) throw new Error('no socket');
  };
  const health = watchHealth({ engine, version: '1', clock });
  expect(await health()).toMatchObject({ ok: false, engine: 'down' });
  fails = false;
  await clock.advance(1000);
  expect(await health()).toMatchObject({ ok: true });
});

test('an engine that does not answer is down after two seconds', async () => {
  const clock = new FakeClock();
  const health = watchHealth({ engine: () => new Promise(() => {}), version: '1', clock });
  const answer = health();
  await clock.advance(2000);
  expect(await answer).toMatchObject({ engine: 'down' });
});
