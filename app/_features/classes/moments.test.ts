import { expect, test } from 'vitest';
import { fromField, nextDue, showMoment, toField } from './moments.ts';

const now = new Date('2026-11-21T12:00:00Z');

test('a moment is told by the reader’s clock, with its year only where that is another one', () => {
  const due = '2026-11-27T17:00:00.000Z';
  expect(showMoment(due, { locale: 'en', zone: 'Europe/Berlin', now })).toMatch(/^Fri,? 27 Nov,? 18:00$/);
  expect(showMoment(due, { locale: 'zh', zone: 'Asia/Shanghai', now })).toContain('11月28日');
  expect(showMoment('2027-01-08T09:30:00.000Z', { locale: 'en', zone: 'UTC', now })).toContain('2027');
});

test('a field shows an instant by the clock of its zone', () => {
  expect(toField('2026-11-27T23:30:00.000Z', 'Asia/Shanghai')).toBe('2026-11-28T07:30');
  expect(toField('2026-11-27T00:05:00.000Z', 'UTC')).toBe('2026-11-27T00:05');
  expect(toField(null, 'UTC')).toBe('');
});

test('what a field says comes back as the same instant', () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const instant = '2026-11-27T17:00:00.000Z';
  expect(fromField(toField(instant, zone))).toBe(instant);
  expect(fromField('')).toBeNull();
  expect(fromField('soon')).toBeNull();
});

test('the next date is the first that is still to come', () => {
  const due = (...dates: (string | null)[]) =>
    nextDue(
      dates.map((dueAt) => ({ dueAt })),
      now,
    );
  expect(due('2026-11-20T12:00:00Z', null, '2026-12-04T12:00:00Z', '2026-11-27T12:00:00Z')).toBe(
    '2026-11-27T12:00:00Z',
  );
  expect(due('2026-11-20T12:00:00Z', null)).toBeNull();
});
