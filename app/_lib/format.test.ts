import { expect, test } from 'vitest';
import { formatAgo, formatMinutes, formatUntil, formatWait } from './format.ts';
import { dictionary } from './i18n/dictionaries.ts';
import { initials } from './initials.ts';
import { formatBytes, formatShare } from './sizes.ts';

const english = { locale: 'en', t: dictionary('en') } as const;
const chinese = { locale: 'zh', t: dictionary('zh') } as const;
const now = new Date('2030-01-10T12:00:00Z');

test('bytes read like Docker’s own', () => {
  expect([0, 999, 1090, 25_200_000, 272e6, 2e9, 999_960].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.1 kB',
    '25.2 MB',
    '272 MB',
    '2 GB',
    '1 MB',
  ]);
});

test('a share names the unit once where it is the same', () => {
  expect(formatShare(41 * 2 ** 20, 2 ** 28)).toEqual({ used: '41', limit: '256 MiB' });
  expect(formatShare(272 * 2 ** 20, 2 ** 31)).toEqual({ used: '272 MiB', limit: '2 GiB' });
});

test('minutes turn into hours', () => {
  expect([10, 60, 95].map((m) => formatMinutes(m, english))).toEqual(['10 min', '1 h', '1 h 35']);
  expect(formatMinutes(95, chinese)).toBe('1 小时 35 分');
});

test('a wait is told in seconds while it is short', () => {
  expect(formatWait(0, english)).toBe('1 s');
  expect(formatWait(75, english)).toBe('75 s');
  expect(formatWait(240, english)).toBe('4 min');
});

test('what is kept is told in days, then hours', () => {
  expect(formatUntil('2030-01-17T11:00:00Z', now, english)).toBe('6 days');
  expect(formatUntil('2030-01-10T13:12:00Z', now, english)).toBe('1 h 12');
  expect(formatUntil('2030-01-10T11:00:00Z', now, english)).toBe('0 min');
});

test('what was is told by distance', () => {
  expect(formatAgo('2030-01-10T11:59:50Z', now, 'en')).toBe('now');
  expect(formatAgo('2030-01-10T11:55:00Z', now, 'en')).toBe('5 minutes ago');
  expect(formatAgo('2030-01-09T12:00:00Z', now, 'en')).toBe('yesterday');
  expect(formatAgo('2030-01-09T12:00:00Z', now, 'zh')).toBe('昨天');
});

test('a name shrinks to its initials', () => {
  expect(['Lin Tao', '林涛', 'ada', '  ', 'Ana María Costa'].map(initials)).toEqual([
    'LT',
    '林',
    'A',
    '?',
    'AC',
  ]);
});
