/** Places as the workers tell them, and as the editor counts them: from zero, and from one. */
import type { Span, Spot } from './wire.ts';

type Position = { lineNumber: number; column: number };
type Range = { startLineNumber: number; startColumn: number; endLineNumber: number; endColumn: number };

export function spotOf({ lineNumber, column }: Position): Spot {
  return { line: lineNumber - 1, character: column - 1 };
}

export function rangeOf({ start, end }: Span): Range {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}
