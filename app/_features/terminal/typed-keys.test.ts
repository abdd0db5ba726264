import { expect, test } from 'vitest';
import { barKeys, commandKeys, linesRunByPaste, pasteKeys, withCtrl } from './typed-keys.ts';

const plain = { bracketedPasteMode: false, applicationCursorKeysMode: false };
const brackets = { ...plain, bracketedPasteMode: true };

test('a clicked command replaces what stood at the prompt, and runs', () => {
  expect(commandKeys('docker ps\n', plain)).toBe('\u0005\u0015docker ps\r');
});

test('several lines arrive as one piece where the shell can take them so', () => {
  expect(commandKeys('cat <<EOF\n\tx\nEOF', brackets)).toBe(
    '\u0005\u0015\u001b[200~cat <<EOF\r\tx\rEOF\u001b[201~\r',
  );
  expect(pasteKeys('a\r\nb', plain)).toBe('a\rb');
});

test('pasted text cannot break out of its brackets', () => {
  expect(pasteKeys('x\u001b[201~rm -rf /\r', brackets)).toBe('\u001b[200~x[201~rm -rf /\r\u001b[201~');
});

test('only lines that would run one by one are worth a question', () => {
  expect(linesRunByPaste('a\nb\nc', plain)).toBe(2);
  expect(linesRunByPaste('a\nb\nc', brackets)).toBe(0);
  expect(linesRunByPaste('one line', plain)).toBe(0);
});

test('the key bar sends what the keys of a keyboard send', () => {
  expect(barKeys('Escape', false, plain)).toBe('\u001b');
  expect(barKeys('ArrowUp', false, plain)).toBe('\u001b[A');
  expect(barKeys('ArrowUp', false, { ...plain, applicationCursorKeysMode: true })).toBe('\u001bOA');
  expect(barKeys('ArrowLeft', true, plain)).toBe('\u001b[1;5D');
  expect(barKeys('|', false, plain)).toBe('|');
  expect(barKeys('c', true, plain)).toBe('\u0003');
  expect([withCtrl('['), withCtrl('1'), withCtrl('你')]).toEqual(['\u001b', '1', '你']);
});
