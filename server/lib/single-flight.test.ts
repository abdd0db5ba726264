import { expect, test } from 'vitest';
import { SingleFlight } from './single-flight.ts';

test('two who ask at once share one run; the next one starts anew', async () => {
  const flight = new SingleFlight<number>();
  let runs = 0;
  const work = async () => ++runs;
  expect(await Promise.all([flight.run('a', work), flight.run('a', work)])).toEqual([1, 1]);
  expect(await flight.run('a', work)).toBe(2);
});

test('a failure reaches all who wait and is not kept', async () => {
  const flight = new SingleFlight<string>();
  const fail = () => flight.run('a', () => Promise.reject(new Error('no')));
  await expect(Promise.all([fail(), fail()])).rejects.toThrow('no');
  expect(await flight.run('a', async () => 'yes')).toBe('yes');
});
