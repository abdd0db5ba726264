import { expect, test } from 'vitest';
import { rangeOf, spotOf } from './positions.ts';

test('the workers count from zero, the editor from one', () => {
  expect(spotOf({ lineNumber: 1, column: 1 })).toEqual({ line: 0, character: 0 });
  expect(rangeOf({ start: { line: 0, character: 2 }, end: { line: 3, character: 0 } })).toEqual({
    startLineNumber: 1,
    startColumn: 3,
    endLineNumber: 4,
    endColumn: 1,
  });
});
