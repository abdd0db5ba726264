/** Finds what is wrong in a compose file: what is no YAML, and what the schema does not allow. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { nearest } from '../near.ts';
import type { Finding, Span } from '../wire.ts';
import { choicesOf, COMPOSE, kindsOf, memberOf, type Kind, type Schema } from './schema.ts';

/** More than this in one file help nobody. */
const FINDINGS_MOST = 100;

export type Parsed = {
  text: string;
  documents: Document.Parsed[];
  spanOf: (from: number, to: number) => Span;
};

export function parseCompose(text: string): Parsed {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  const spot = (offset: number) => {
    const { line, col } = lineCounter.linePos(Math.min(offset, text.length));
    return { line: Math.max(line - 1, 0), character: Math.max(col - 1, 0) };
  };
  return {
    text,
    documents: Array.isArray(parsed) ? parsed : [],
    spanOf: (from, to) => ({ start: spot(from), end: spot(trimmedEnd(text, from, to)) }),
  };
}

/** A value's range goes on to the next line: what is marked ends where the writing ends. */
function trimmedEnd(text: string, from: number, to: number): number {
  const written = text.slice(from, to).trimEnd();
  return from + Math.max(written.length, Math.min(1, to - from));
}

export function checkCompose({ text, documents, spanOf }: Parsed): Finding[] {
  const findings: Finding[] = [];
  for (const document of documents) {
    // What follows a slip of the form is read wrongly: one thing after the other.
    for (const { code, message, pos } of [...document.errors, ...document.warnings].slice(0, 1))
      findings.push({
        span: spanOf(pos[0], Math.max(pos[1], wordEnd(text, pos[0]))),
        severity: 'error',
        code: `yaml.${code}`,
        values: {},
        english: message,
        near: null,
      });
    if (document.errors.length === 0 && document.contents && !isEmpty(document.contents))
      findings.push(...checkNode(document.contents, COMPOSE, null, spanOf));
  }
  return findings.slice(0, FINDINGS_MOST);
}

/** YAML names the place of a slip; what is marked is the word there. */
const wordEnd = (text: string, from: number) =>
  from + /^[\w.-]*/.exec(text.slice(from, from + 100))![0].length;

const isEmpty = (node: Node) => isScalar(node) && node.value === null;

type SpanOf = Parsed['spanOf'];

/** `owner`: the key under which it stands. */
function checkNode(node: Node, schema: Schema, owner: Node | null, spanOf: SpanOf): Finding[] {
  const choices = choicesOf(schema);
  const kind = kindOf(node);
  // An alias stands for what was checked at its anchor; `${…}` for anything.
  if (kind === null || choices.every((one) => kindsOf(one).length === 0)) return [];
  const fitting = choices.filter((one) => kindsOf(one).some((wanted) => fits(kind, wanted)));
  if (fitting.length === 0) {
    const wanted = [...new Set(choices.flatMap(kindsOf))];
    const marked = kind === 'null' && owner ? owner : node;
    return [found('wrong-type', spanOfNode(marked, spanOf), { types: wanted.join(' '), key: nameOf(owner) })];
  }
  const tries = fitting.map((one) => checkAs(node, one, owner, spanOf));
  return tries.reduce((best, one) => (one.length < best.length ? one : best));
}

function checkAs(node: Node, schema: Schema, owner: Node | null, spanOf: SpanOf): Finding[] {
  if (isMap(node)) return checkMap(node.items as Pair<Node, Node | null>[], schema, owner ?? node, spanOf);
  if (isSeq(node)) return checkList(node.items as Node[], schema, spanOf);
  return isScalar(node) ? checkScalar(node.value, schema, spanOfNode(node, spanOf), nameOf(owner)) : [];
}

function checkMap(pairs: Pair<Node, Node | null>[], schema: Schema, owner: Node, spanOf: SpanOf): Finding[] {
  const findings: Finding[] = [];
  const keys = pairs.map(({ key }) => (isScalar(key) ? String(key.value) : null));
  for (const [index, { key, value }] of pairs.entries()) {
    const name = keys[index];
    // Merged from elsewhere in the file, and checked there if it is checked at all.
    if (name == null || name === '<<') continue;
    const member = memberOf(schema, name);
    if (member === null) {
      const known = Object.keys(schema.properties ?? {}).filter((one) => !keys.includes(one));
      // Where the learner gives the names, what is wrong is how this one is written.
      const code = schema.properties ? 'unknown-key' : 'bad-name';
      findings.push(found(code, spanOfNode(key, spanOf), { key: name }, nearest(name, known)));
    } else if (value) findings.push(...checkNode(value, member, key, spanOf));
  }
  const missing = keys.includes('<<') ? [] : (schema.required ?? []).filter((one) => !keys.includes(one));
  for (const key of missing)
    findings.push(found('missing-key', spanOfNode(firstKey(owner), spanOf), { key }));
  return findings;
}

/** A map that stands alone (an item of a list) is marked at its first key, not as a whole. */
const firstKey = (node: Node): Node =>
  isMap(node) ? ((node.items[0]?.key as Node | undefined) ?? node) : node;

function checkList(items: Node[], schema: Schema, spanOf: SpanOf): Finding[] {
  const seen = new Set<unknown>();
  return items.flatMap((item) => {
    if (schema.uniqueItems && isScalar(item) && seen.size === seen.add(item.value).size)
      return [
        { ...found('twice', spanOfNode(item, spanOf), { value: String(item.value) }), severity: 'warning' },
      ];
    return schema.items ? checkNode(item, schema.items, null, spanOf) : [];
  });
}

function checkScalar(value: unknown, schema: Schema, span: Span, key: string): Finding[] {
  if (schema.enum && !schema.enum.includes(value)) {
    const values = schema.enum.map(String);
    return [found('not-one-of', span, { values: values.join(', ') }, nearest(String(value), values))];
  }
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum)
      return [found('too-small', span, { key, least: String(schema.minimum) })];
    if (schema.maximum !== undefined && value > schema.maximum)
      return [found('too-large', span, { key, most: String(schema.maximum) })];
  }
  return [];
}

/** Null: it is not known before compose runs. */
function kindOf(node: Node): Kind | null {
  if (isAlias(node)) return null;
  if (isMap(node)) return 'object';
  if (isSeq(node)) return 'array';
  const value = isScalar(node) ? node.value : null;
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return value.includes('$') ? null : 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

const fits = (kind: Kind, wanted: Kind) => kind === wanted || (kind === 'integer' && wanted === 'number');

const nameOf = (node: Node | null) => (isScalar(node) ? String(node.value) : '');

export function spanOfNode(node: Node, spanOf: SpanOf): Span {
  const [from, to] = node.range ?? [0, 0];
  return spanOf(from, to);
}

export function found(
  code: string,
  span: Span,
  values: Record<string, string>,
  near: string | null = null,
): Finding {
  return { code, span, values, near, severity: 'error', english: null };
}
