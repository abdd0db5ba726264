import { expect, test } from 'vitest';
import { actionOf, readPlatform, type KeyAction, type Platform } from './terminal-keys.ts';

/** `Ctrl+Shift+c` → the event of that press. */
function press(keys: string) {
  const parts = keys.split('+');
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    metaKey: parts.includes('Cmd'),
  };
}

test.each<[string, Platform, boolean, KeyAction]>([
  ['Ctrl+c', 'linux', false, 'shell'],
  ['Ctrl+c', 'linux', true, 'copy'],
  ['Ctrl+c', 'windows', true, 'copy'],
  ['Ctrl+c', 'mac', true, 'shell'],
  ['Ctrl+Shift+C', 'linux', true, 'copy'],
  ['Ctrl+Shift+C', 'linux', false, 'copy'],
  ['Ctrl+Shift+V', 'linux', false, 'paste'],
  ['Ctrl+v', 'linux', false, 'shell'],
  ['Ctrl+v', 'windows', false, 'paste'],
  ['Shift+Insert', 'linux', false, 'paste'],
  ['Ctrl+Insert', 'linux', true, 'copy'],
  ['Cmd+c', 'mac', true, 'shell'],
  ['Ctrl+Alt+c', 'linux', true, 'shell'],
  ['F6', 'linux', false, 'page'],
  ['Ctrl+Shift+Escape', 'mac', false, 'page'],
  ['Escape', 'linux', false, 'shell'],
  ['Tab', 'linux', false, 'shell'],
  ['Ctrl+k', 'linux', false, 'shell'],
  ['Ctrl+Shift+F', 'linux', false, 'page'],
  ['Ctrl+Shift+F', 'mac', false, 'page'],
  ['a', 'linux', true, 'shell'],
])('%s on %s (selection: %s) is for: %s', (keys, platform, hasSelection, action) => {
  expect(actionOf(press(keys), { platform, hasSelection })).toBe(action);
});

test('platforms are told by their names', () => {
  expect(['MacIntel', 'Win32', 'Linux x86_64', 'iPhone', ''].map(readPlatform)).toEqual([
    'mac',
    'windows',
    'linux',
    'mac',
    'linux',
  ]);
});
