import { expect, test } from 'vitest';
import { moment } from './moment.ts';

/** By the clock of whoever reads, wherever the test runs. */
const local = (day: number, hour: number, minute = 0) => new Date(2030, 4, day, hour, minute).toISOString();
const NOW = new Date(2030, 4, 8, 12);

test('today is a time, this week a weekday, else a date', () => {
  expect(moment(local(8, 18, 5), NOW, 'en')).toBe('18:05');
  expect(moment(local(10, 18), NOW, 'en')).toBe('Fri 18:00');
  expect(moment(local(6, 0, 30), NOW, 'en')).toBe('Mon 00:30');
  expect(moment(local(15, 9), NOW, 'en')).toMatch(/^(15 May|May 15) 09:00$/);
  expect(moment(local(10, 18), NOW, 'zh')).toBe('周五 18:00');
});
