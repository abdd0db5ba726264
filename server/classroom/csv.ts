/** Tables as text after RFC 4180, read as spreadsheets write them and written so that they read them safely. */

/** `line` is the one in which it begins, from 1. */
export type CsvRecord = { line: number; fields: string[] };

const BYTE_ORDER_MARK = '\uFEFF';
/** Spreadsheets of countries with a decimal comma part by semicolons. */
const SEPARATORS = [',', ';', '\t'];

/** Lines that are empty are left out. `openQuote`: the line of a quote that nobody closed; what comes from there on is left out. */
export function parseCsv(text: string): { records: CsvRecord[]; openQuote: number | null } {
  const reader = new Reader(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  return reader.read();
}

class Reader {
  readonly #text: string;
  readonly #separator: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
    const head = text.trimStart().split(/[\r\n]/, 1)[0]!;
    const count = (separator: string) => head.split(separator).length;
    this.#separator = SEPARATORS.toSorted((one, other) => count(other) - count(one))[0]!;
  }

  read(): { records: CsvRecord[]; openQuote: number | null } {
    const records: CsvRecord[] = [];
    while (this.#at < this.#text.length) {
      const record = { line: this.#line, fields: [] as string[] };
      let ended = false;
      while (!ended) {
        const field = this.#text[this.#at] === '"' ? this.#quoted() : this.#plain();
        if (field === null) return { records, openQuote: record.line };
        record.fields.push(field);
        ended = this.#text[this.#at] !== this.#separator;
        if (!ended) this.#at++;
      }
      this.#endLine();
      if (record.fields.some((field) => field.trim() !== '')) records.push(record);
    }
    return { records, openQuote: null };
  }

  #plain(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#isEnd(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** Null where no quote closes it. What stands between it and the separator is taken as it is. */
  #quoted(): string | null {
    let field = '';
    this.#at++;
    for (;;) {
      const end = this.#text.indexOf('"', this.#at);
      if (end === -1) return null;
      field += this.#text.slice(this.#at, end);
      this.#at = end + 1;
      if (this.#text[this.#at] !== '"') break;
      field += '"';
      this.#at++;
    }
    this.#line += field.split(/\r\n|\r|\n/).length - 1;
    return field + this.#plain();
  }

  #endLine(): void {
    if (this.#at >= this.#text.length) return;
    this.#at += this.#text.startsWith('\r\n', this.#at) ? 2 : 1;
    this.#line++;
  }

  #isEnd(character: string): boolean {
    return character === this.#separator || character === '\n' || character === '\r';
  }
}

/** `mark`: begins with a byte order mark, without which Excel takes UTF-8 for something else. */
export function writeCsv(rows: readonly (readonly (string | number)[])[], mark = false): string {
  const lines = rows.map((row) => `${row.map(fieldOf).join(',')}\r\n`);
  return `${mark ? BYTE_ORDER_MARK : ''}${lines.join('')}`;
}

function fieldOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // A spreadsheet runs what begins so as a formula: a learner called =HYPERLINK(…) would act on the instructor's
  // computer. After an apostrophe it is text (OWASP, CSV injection).
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
