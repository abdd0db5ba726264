/**
 * Where in a compose file the cursor is, told from the lines above and their indentation: a file that is being written
 * is seldom whole YAML, and there help is wanted most.
 */
import type { Span, Spot } from '../wire.ts';
import { ITEM, type Step } from './schema.ts';

export type Place = {
  /** Of what is being written: the map that gets a key, or what gets a value. */
  path: Step[];
  slot: 'key' | 'value';
  /** What is there already, and would be replaced. */
  span: Span;
  typed: string;
  /** Column in which the line's key stands, or would stand. */
  indent: number;
  /** A key is changed whose colon and value stand there already. */
  hasColon: boolean;
};

type Mark = { column: number; step: Step; value: string };

const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s#'"[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?))\s*:(?=\s|$)/;

/** The dashes of a line, then its key if it has one; `rest` is what is neither. */
function marksOf(line: string): { marks: Mark[]; column: number; rest: string } {
  const marks: Mark[] = [];
  let column = line.length - line.trimStart().length;
  for (;;) {
    const rest = line.slice(column);
    const dash = /^-(?:\s+|$)/.exec(rest);
    if (!dash) break;
    marks.push({ column, step: ITEM, value: '' });
    column += dash[0].length;
  }
  const rest = line.slice(column);
  const key = KEY.exec(rest);
  if (!key) return { marks, column, rest };
  const value = rest.slice(key[0].length).trim();
  marks.push({ column, step: key[1] ?? key[2] ?? key[3]!, value });
  return { marks, column, rest };
}

export function placeOf(text: string, at: Spot): Place | null {
  const lines = text.split(/\r?\n/).slice(0, at.line + 1);
  const whole = lines.pop() ?? '';
  const before = whole.slice(0, at.character);
  // Within a comment nothing is offered.
  if (/^\s*#|\s#/.test(before)) return null;
  const { marks, column, rest } = marksOf(before);
  const key = marks.at(-1);
  const isValue = key !== undefined && key.step !== ITEM;
  // `- |`: both a value and the first key of a map may follow; the schema says which.
  const typed = isValue ? before.slice(before.indexOf(':', column) + 1).trimStart() : rest;
  // Inside of a quoted or flowing value no line tells where one is.
  if (/^[[{|>&*!]/.test(typed) || /["']/.test(typed)) return null;
  const path = pathTo(lines, marks, column);
  const start = at.character - typed.length;
  const after = whole.slice(at.character);
  const hasColon = !isValue && /^[\w-]*\s*:/.test(after);
  const rested = hasColon ? /^[\w-]*/.exec(after)![0] : /^[\w./:@-]*/.exec(after)![0];
  const isWhole = isValue || hasColon || /^\s*(#|$)/.test(after.slice(rested.length));
  const end = at.character + (isWhole ? rested.length : 0);
  return {
    path,
    slot: isValue ? 'value' : 'key',
    typed,
    span: { start: { line: at.line, character: start }, end: { line: at.line, character: end } },
    indent: column,
    hasColon,
  };
}

/** From the line of the cursor upwards: each key or dash that stands further left than what it holds. */
function pathTo(above: string[], own: Mark[], column: number): Step[] {
  const path: Step[] = [];
  let left = column;
  let isBelowDash = false;
  const take = ({ column, step, value }: Mark, isOwn: boolean) => {
    // A list may stand as far left as the key that holds it.
    const holds = column < left || (isBelowDash && step !== ITEM && column === left);
    if (!isOwn && (!holds || (step !== ITEM && value !== '' && !/^(#|[&!]\S+$)/.test(value)))) return;
    path.unshift(step);
    left = column;
    isBelowDash = step === ITEM;
  };
  for (const mark of own.toReversed()) take(mark, true);
  for (const line of above.toReversed()) {
    if (left === 0 && !isBelowDash) break;
    if (/^\s*(#|$)/.test(line)) continue;
    for (const mark of marksOf(line).marks.toReversed()) take(mark, false);
  }
  return path;
}

/** The keys that the map at the cursor has already: lines of the same indentation, up and down, until one stands further left. */
export function keysBeside(text: string, at: Spot, indent: number): string[] {
  const lines = text.split(/\r?\n/);
  const keys: string[] = [];
  const look = (line: string): boolean => {
    if (/^\s*(#|$)/.test(line)) return true;
    const { marks } = marksOf(line);
    const key = marks.find(({ column, step }) => step !== ITEM && column === indent);
    if (key) keys.push(key.step as string);
    const first = marks[0]?.column ?? line.length - line.trimStart().length;
    // `- key:` begins the item that one is in.
    return first >= indent;
  };
  for (let line = at.line - 1; line >= 0 && look(lines[line]!); line--);
  for (
    let line = at.line + 1;
    line < lines.length && !/^\s*-/.test(lines[line]!) && look(lines[line]!);
    line++
  );
  return keys;
}
