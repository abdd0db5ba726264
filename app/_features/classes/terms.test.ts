import { expect, test } from 'vitest';
import { readTerms } from './terms.ts';
import { classWords } from './words.ts';

const t = classWords('en');
const now = new Date('2026-11-21T12:00:00Z');
const read = (until: string, cap: string) => readTerms({ until, cap }, t, now);

test('an empty field sets no bound', () => {
  expect(read('', ' ')).toEqual({ terms: { expiresAt: null, maxUses: null } });
  expect(read('2026-12-24T18:00', '30')).toEqual({
    terms: { expiresAt: new Date('2026-12-24T18:00').toISOString(), maxUses: 30 },
  });
});

test('a time that is over and a number that is none are told', () => {
  expect(read('2026-11-01T18:00', '0')).toEqual({
    errors: { until: t.expiresPast, cap: 'A whole number from 1 to 500.' },
  });
  for (const cap of ['501', '1.5', 'many', '-3']) expect(read('', cap)).toHaveProperty('errors.cap');
});
