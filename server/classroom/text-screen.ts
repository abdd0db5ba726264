/**
 * The end of a terminal's screen as plain text, from the last bytes of its output. It keeps a grid and understands what
 * shells and their line editors do: CR, LF, BS, TAB, moving, erasing, inserting and deleting, the other screen of editors.
 * Left out: colours and styles, scroll regions, tab stops other than every eight columns, line-drawing characters, and
 * whatever was drawn before the bytes that it is given.
 */
import { CLASS_LIMITS } from '../protocol/numbers.ts';

/** Enough for a few screens of a shell, and for one whole drawing of an editor. */
export const TAIL_BYTES = 8 * 1024;

type Size = { cols: number; rows: number };

const TAB = 8;
const ESC = '\u001b';
const BEL = '\u0007';
/** CSI with its parameters and its final; strings up to BEL or ST; choices of character sets; the rest, of two characters. */
const SEQUENCE = new RegExp(
  [
    String.raw`${ESC}\[([0-9;:<=>?]*)[ -/]*([@-~])`,
    String.raw`${ESC}[\]PX^_][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\)?`,
    String.raw`${ESC}[()*+#%][^]`,
    String.raw`${ESC}([^])`,
    `${ESC}$`,
  ].join('|'),
  'uy',
);
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{Mn}|\p{Me}|\u200d/u;
/** Control characters, and those that turn the direction of what stands beside them. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The last lines that have something on them, the lowest last, each cut to what the wire takes. */
export function screenLines(bytes: Buffer, size: Size): string[] {
  const screen = new TextScreen(size);
  screen.write(new TextDecoder().decode(withoutCutStart(bytes)));
  return screen.lines().slice(-CLASS_LIMITS.screenLines);
}

/** For one line of text from elsewhere: nothing in it moves, rings or turns. */
export function plainLine(text: string): string {
  return text
    .replaceAll(/[\t\n\r]+/g, ' ')
    .replaceAll(UNSEEN, '')
    .slice(0, CLASS_LIMITS.lineCharacters)
    .toWellFormed();
}

/** The bytes may begin in the middle of a character; a sequence that is cut shows as text for one line at most. */
function withoutCutStart(bytes: Buffer): Buffer {
  let at = 0;
  while (at < Math.min(3, bytes.length) && (bytes[at]! & 0xc0) === 0x80) at++;
  return bytes.subarray(at);
}

class TextScreen {
  readonly #cols: number;
  readonly #rows: number;
  /** Cells of each line; the second half of a wide character is an empty text. */
  #grid: string[][];
  #row = 0;
  #col = 0;
  #saved = { row: 0, col: 0 };

  constructor({ cols, rows }: Size) {
    this.#cols = Math.max(2, cols);
    this.#rows = Math.max(1, rows);
    this.#grid = this.#blank();
  }

  lines(): string[] {
    return this.#grid
      .map((cells) =>
        plainLine(
          Array.from(cells, (cell) => cell ?? ' ')
            .join('')
            .trimEnd(),
        ),
      )
      .filter((line) => line !== '');
  }

  write(text: string): void {
    for (let at = 0; at < text.length;) {
      SEQUENCE.lastIndex = at;
      const sequence = SEQUENCE.exec(text);
      if (sequence) {
        this.#obey(sequence[1], sequence[2], sequence[3]);
        at += sequence[0].length;
        continue;
      }
      const char = String.fromCodePoint(text.codePointAt(at)!);
      at += char.length;
      if (char < ' ' || char === '\u007f') this.#control(char);
      else this.#put(char);
    }
  }

  #control(char: string): void {
    if (char === '\r') this.#col = 0;
    else if (char === '\n' || char === '\v' || char === '\f') this.#down();
    else if (char === '\b') this.#col = Math.max(0, this.#col - 1);
    else if (char === '\t') this.#moveTo(this.#row, (Math.floor(this.#col / TAB) + 1) * TAB);
  }

  #put(char: string): void {
    if (COMBINING.test(char)) return;
    const width = WIDE.test(char) ? 2 : 1;
    if (this.#col + width > this.#cols) {
      this.#col = 0;
      this.#down();
    }
    const line = this.#line;
    while (line.length < this.#col) line.push(' ');
    line[this.#col] = char;
    if (width === 2) line[this.#col + 1] = '';
    this.#col += width;
  }

  #obey(parameters: string | undefined, final: string | undefined, alone: string | undefined): void {
    if (final !== undefined) return this.#csi(parameters ?? '', final);
    if (alone === '7') this.#saved = { row: this.#row, col: this.#col };
    else if (alone === '8') this.#moveTo(this.#saved.row, this.#saved.col);
    else if (alone === 'D' || alone === 'E') {
      this.#down();
      if (alone === 'E') this.#col = 0;
    } else if (alone === 'M') this.#moveTo(this.#row - 1, this.#col);
    else if (alone === 'c') this.#clear();
  }

  #csi(parameters: string, final: string): void {
    // The screen of an editor: what stands on the other one comes back with its own drawing.
    if (/^\?(47|1047|1049)$/.test(parameters)) return this.#clear();
    if (/^[<=>?]/.test(parameters)) return;
    const [first, second] = parameters.split(';').map((one) => Math.min(Number.parseInt(one, 10) || 0, 1000));
    const count = Math.max(1, first ?? 0);
    const [row, col] = [this.#row, this.#col];
    if (final === 'A') this.#moveTo(row - count, col);
    else if (final === 'B' || final === 'e') this.#moveTo(row + count, col);
    else if (final === 'C' || final === 'a') this.#moveTo(row, col + count);
    else if (final === 'D') this.#moveTo(row, col - count);
    else if (final === 'E') this.#moveTo(row + count, 0);
    else if (final === 'F') this.#moveTo(row - count, 0);
    else if (final === 'G' || final === '`') this.#moveTo(row, count - 1);
    else if (final === 'd') this.#moveTo(count - 1, col);
    else if (final === 'H' || final === 'f') this.#moveTo(count - 1, Math.max(1, second ?? 0) - 1);
    else if (final === 's') this.#saved = { row, col };
    else if (final === 'u') this.#moveTo(this.#saved.row, this.#saved.col);
    else this.#edit(final, first ?? 0, count);
  }

  #edit(final: string, what: number, count: number): void {
    if (final === 'J') this.#eraseScreen(what);
    else if (final === 'K') this.#eraseLine(what);
    else if (final === 'P') this.#line.splice(this.#col, count);
    else if (final === 'X') this.#line.splice(this.#col, count, ...this.#spaces(count));
    else if (final === '@') this.#line.splice(this.#col, 0, ...this.#spaces(count));
    else if (final === 'L') this.#turn(count, 0);
    else if (final === 'M') this.#turn(0, count);
  }

  #eraseLine(what: number): void {
    if (what === 0) this.#line.length = Math.min(this.#line.length, this.#col);
    else if (what === 1) this.#line.splice(0, this.#col + 1, ...this.#spaces(this.#col + 1));
    else this.#line.length = 0;
  }

  #eraseScreen(what: number): void {
    if (what >= 2) this.#grid = this.#blank();
    if (what > 1) return;
    this.#eraseLine(what);
    const [from, to] = what === 0 ? [this.#row + 1, this.#rows] : [0, this.#row];
    for (let row = from; row < to; row++) this.#grid[row] = [];
  }

  /** Puts so many empty lines here and takes so many away; what leaves the screen is gone. */
  #turn(more: number, less: number): void {
    const fresh = Array.from({ length: Math.min(more, this.#rows) }, (): string[] => []);
    this.#grid.splice(this.#row, less, ...fresh);
    while (this.#grid.length < this.#rows) this.#grid.push([]);
    this.#grid.length = this.#rows;
  }

  #clear(): void {
    this.#grid = this.#blank();
    this.#row = 0;
    this.#col = 0;
  }

  #down(): void {
    if (this.#row < this.#rows - 1) return void this.#row++;
    this.#grid.shift();
    this.#grid.push([]);
  }

  #moveTo(row: number, col: number): void {
    this.#row = Math.max(0, Math.min(this.#rows - 1, row));
    this.#col = Math.max(0, Math.min(this.#cols - 1, col));
  }

  get #line(): string[] {
    return this.#grid[this.#row]!;
  }

  #spaces(count: number): string[] {
    return Array.from({ length: Math.min(count, this.#cols) }, () => ' ');
  }

  #blank(): string[][] {
    return Array.from({ length: this.#rows }, () => []);
  }
}
