import { expect, test } from 'vitest';
import { DEFAULT_LAYOUT, parseLayout, parseTheme, writeLayout } from './preferences.ts';

test('a layout comes back as it was written', () => {
  const layout = { read: 520, split: 40, font: 15, aloud: true };
  expect(parseLayout(writeLayout(layout))).toEqual(layout);
});

test('a spoiled cookie falls back field by field', () => {
  expect(parseLayout(undefined)).toEqual(DEFAULT_LAYOUT);
  expect(parseLayout('read=-4&split=abc&font=15')).toEqual({ ...DEFAULT_LAYOUT, font: 15 });
});

test('an unknown theme is the system’s', () => {
  expect(['light', 'dark', 'blue', undefined].map(parseTheme)).toEqual(['light', 'dark', 'system', 'system']);
});
