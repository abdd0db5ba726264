/** Tables of spreadsheets are read as they are written, and ours can do no harm in one. */
import { describe, expect, test } from 'vitest';
import { parseCsv, writeCsv } from './csv.ts';

const fields = (text: string) => parseCsv(text).records.map((record) => record.fields);

describe('reading', () => {
  test.each([
    ['commas', 'name,email\r\nAnn,ann@example.org\r\n'],
    ['semicolons', 'name;email\r\nAnn;ann@example.org'],
    ['tabs, and a byte order mark', '\uFEFFname\temail\nAnn\tann@example.org\n'],
    ['the line ends of an old Mac', 'name,email\rAnn,ann@example.org\r'],
  ])('a table parted by %s', (_how, text) => {
    expect(fields(text)).toEqual([
      ['name', 'email'],
      ['Ann', 'ann@example.org'],
    ]);
  });

  test('quotes hold separators, quotes and line ends', () => {
    expect(fields('name,email\n"Smith, ""Ann""\r\nMaria",x\n')).toEqual([
      ['name', 'email'],
      ['Smith, "Ann"\r\nMaria', 'x'],
    ]);
  });

  test('lines are numbered as an editor numbers them, empty ones left out', () => {
    const { records } = parseCsv('name\n\n"two\nlines"\n , \nlast');
    expect(records.map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  test('a quote that nobody closes is named, and what came before it counts', () => {
    const { records, openQuote } = parseCsv('name\nAnn\n"Bo\nCy\n');
    expect(records.map((record) => record.fields[0])).toEqual(['name', 'Ann']);
    expect(openQuote).toBe(3);
  });

  test('of nothing there is nothing', () => {
    expect(parseCsv('')).toEqual({ records: [], openQuote: null });
    expect(parseCsv(' \n\n')).toEqual({ records: [], openQuote: null });
  });
});

describe('writing', () => {
  test('quotes what needs it, and ends each line with CRLF', () => {
    expect(writeCsv([['a', 'b,c', 'd"e', 'f\ng', 1.5]])).toBe('a,"b,c","d""e","f\ng",1.5\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula in a spreadsheet', (text) => {
    expect(parseCsv(writeCsv([['name'], [text]])).records[1]!.fields).toEqual([`'${text}`]);
  });

  test('a number is a number, below zero too', () => {
    expect(writeCsv([[-1]])).toBe('-1\r\n');
  });

  test('a byte order mark where one is asked for', () => {
    expect(writeCsv([['a']], true)).toBe('\uFEFFa\r\n');
  });

  test('what was written is read as it was', () => {
    const rows = [
      ['name', 'note'],
      ['Ann "the" Smith', 'one,\r\ntwo'],
      ['汉字', ''],
    ];
    expect(fields(writeCsv(rows))).toEqual(rows);
  });
});
