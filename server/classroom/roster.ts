/** Reads the list of a class from a table of a spreadsheet, and lays it over who is there already. */
import { z } from 'zod';
import { displayNameSchema, type RosterImported } from '../protocol/classes.ts';
import type { EnrolmentRow } from '../store/contract.ts';
import { parseCsv, type CsvRecord } from './csv.ts';

export type RosterProblem = RosterImported['problems'][number];
export type RosterLine = { line: number; name: string; email: string | null; number: string | null };

const PROBLEMS_TOLD = 100;
const NUMBER_CHARACTERS = 64;
/** What the head line may call them. */
const COLUMNS = {
  name: ['name', '姓名', '名字'],
  email: ['email', 'e-mail', 'mail', '邮箱', '电子邮件'],
  number: ['number', 'no', 'no.', '学号', '编号'],
};
const emailSchema = z.email().max(254);

/** Lines that are no learner are told in `problems`. E-mail addresses come in small letters. */
export function readRoster(csv: string): { lines: RosterLine[]; problems: RosterProblem[] } {
  const { records, openQuote } = parseCsv(csv);
  const [head, ...rest] = records;
  const problems: RosterProblem[] = [];
  const lines: RosterLine[] = [];
  if (openQuote !== null) problems.push({ line: openQuote, reason: 'quote_not_closed' });
  if (!head) return { lines, problems: openQuote === null ? [{ line: 1, reason: 'no_header' }] : problems };
  const column = columnsOf(head);
  if (column.name === -1) return { lines, problems: [{ line: head.line, reason: 'no_name_column' }] };
  const seen = new Set<string>();
  for (const record of rest) {
    const line = lineOf(record, column);
    const reason = problemOf(line, seen);
    if (reason) problems.push({ line: record.line, reason });
    else lines.push(line);
  }
  return { lines, problems: inOrder(problems) };
}

/** In the order of their lines, as many as are told. */
export function inOrder(problems: readonly RosterProblem[]): RosterProblem[] {
  return problems.toSorted((one, other) => one.line - other.line).slice(0, PROBLEMS_TOLD);
}

/**
 * The place that this line speaks of, with what the line says of it; null where there is none yet. The e-mail address of
 * one who has come stays: it is their account's. A line with a name alone speaks of a place with a name alone.
 */
export function knownAs(
  { name, email, number }: RosterLine,
  places: readonly EnrolmentRow[],
): EnrolmentRow | null {
  const byNumber = number === null ? undefined : places.find((place) => place.number === number);
  const byEmail = email === null ? undefined : places.find((place) => place.email === email);
  const isBare = (one: Pick<EnrolmentRow, 'email' | 'number'>) => one.email === null && one.number === null;
  const byName = isBare({ email, number })
    ? places.find((place) => isBare(place) && place.name === name)
    : undefined;
  const known = byEmail ?? byNumber ?? byName;
  if (!known) return null;
  const isFree = number !== null && (!byNumber || byNumber === known);
  return {
    ...known,
    name,
    email: known.email !== null && known.userId !== null ? known.email : (email ?? known.email),
    number: isFree ? number : known.number,
  };
}

type Column = Record<keyof typeof COLUMNS, number>;

function columnsOf({ fields }: CsvRecord): Column {
  const titles = fields.map((field) => field.trim().toLowerCase());
  const find = (names: string[]) => titles.findIndex((title) => names.includes(title));
  return { name: find(COLUMNS.name), email: find(COLUMNS.email), number: find(COLUMNS.number) };
}

function lineOf({ line, fields }: CsvRecord, column: Column): RosterLine {
  const text = (index: number) => fields[index]?.trim() ?? '';
  return {
    line,
    name: text(column.name),
    email: text(column.email).toLowerCase() || null,
    number: text(column.number).slice(0, NUMBER_CHARACTERS) || null,
  };
}

function problemOf({ name, email, number }: RosterLine, seen: Set<string>): RosterProblem['reason'] | null {
  if (name === '') return 'no_name';
  if (!displayNameSchema.safeParse(name).success) return 'name_too_long';
  if (email !== null && !emailSchema.safeParse(email).success) return 'bad_email';
  const keys = [email && `email ${email}`, number && `number ${number}`].filter((key) => key !== null);
  if (keys.some((key) => seen.has(key))) return 'twice';
  for (const key of keys) seen.add(key);
  // Two of the same name are two learners; only what tells them apart may not be told twice.
  return null;
}
