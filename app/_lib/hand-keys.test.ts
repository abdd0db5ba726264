import { expect, test } from 'vitest';
import { handKeys, isHandKey } from './hand-keys.ts';

const press = (change: Partial<KeyboardEvent>) =>
  isHandKey({
    code: 'KeyH',
    altKey: true,
    shiftKey: true,
    ctrlKey: false,
    metaKey: false,
    ...change,
  } as KeyboardEvent);

test('the hand is raised by Alt, Shift and H, whatever letter a keyboard makes of it, and by nothing near it', () => {
  expect(press({ key: 'Ó' })).toBe(true);
  expect(press({ code: 'KeyJ' })).toBe(false);
  expect(press({ shiftKey: false })).toBe(false);
  expect(press({ altKey: false })).toBe(false);
  expect(press({ ctrlKey: true })).toBe(false);
  expect(press({ metaKey: true })).toBe(false);
});

test('a Mac names its keys by their signs', () => {
  expect(handKeys(true)).toBe('⌥⇧H');
  expect(handKeys(false)).toBe('Alt+Shift+H');
});
