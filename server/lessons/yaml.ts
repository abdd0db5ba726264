/** Reads a YAML file against a schema; every complaint names the line and what to write instead. */
import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { COMBINATORS, KINDS } from './expectation.ts';
import type { Problems } from './problem.ts';

export type YamlFile<Value> = {
  value: Value;
  /** Line of the node at this path, or of its nearest ancestor. */
  lineOf(path: readonly PropertyKey[]): number;
};

/** Larger files are nobody's lesson. */
const MAX_CHARACTERS = 256 * 1024;

/** Null when the file is unusable; the problems then say why. */
export function readYaml<Schema extends z.ZodType>(
  schema: Schema,
  source: { file: string; text: string },
  problems: Problems,
): YamlFile<z.infer<Schema>> | null {
  const { file, text } = source;
  if (text.length > MAX_CHARACTERS) {
    problems.add(file, 1, `has over ${MAX_CHARACTERS} characters; split the lesson`);
    return null;
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  for (const error of document.errors)
    problems.add(file, counter.linePos(error.pos[0]).line, `is not YAML: ${firstLine(error.message)}`);
  if (document.errors.length > 0) return null;

  const lineOf = (path: readonly PropertyKey[]) => counter.linePos(offsetOf(document, path)).line;
  const result = schema.safeParse(plainValue(document, file, problems));
  if (result.success) return { value: result.data, lineOf };
  for (const issue of result.error.issues.flatMap((issue) => deepest(issue, [])))
    problems.add(
      file,
      lineOf(issue.path),
      `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
    );
  return null;
}

function plainValue(document: Document, file: string, problems: Problems): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    problems.add(file, 1, `is not YAML that we take: ${firstLine((error as Error).message)}`);
    return undefined;
  }
}

/** Start of the key at the path's end, so that the line shown is the one that the author looks for. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isNode(item.key) && String(item.key) === last);
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

type Issue = { path: PropertyKey[]; message: string };

/** A union's own message ("Invalid input") helps nobody: find the branch that was meant and say its trouble. */
function deepest(issue: z.core.$ZodIssue, above: PropertyKey[]): Issue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    // An array under an expectation list is not an object at all; the keys then are the kinds.
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: 'is not a field here; check its spelling',
    }));
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: fix(issue) }];
  const meant = issue.errors.filter((branch) => !branch.some(isForeign));
  const branch = (meant.length > 0 ? meant : issue.errors).toSorted((a, b) => weight(a) - weight(b))[0];
  if (!branch || (meant.length === 0 && isExpectation(issue))) return [{ path, message: kindsMessage() }];
  return branch.flatMap((inner) => deepest(inner, path));
}

/** True for a branch that the author did not mean: the key it is named by is not there. */
function isForeign(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0;
}

function weight(branch: readonly z.core.$ZodIssue[]): number {
  return branch.length - Math.max(...branch.map((issue) => issue.path.length), 0) * 10;
}

function isExpectation(issue: z.core.$ZodIssueInvalidUnion): boolean {
  return issue.errors.length === Object.keys(KINDS).length + COMBINATORS.length;
}

function kindsMessage(): string {
  const known = [...Object.keys(KINDS), ...COMBINATORS].join(', ');
  return `is not an expectation that we know; write exactly one of: ${known}`;
}

function fix(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined'))
    return `is missing; it must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_format' && issue.message.startsWith('Invalid string: must match'))
    return 'has a form that we do not take: small letters, digits and single hyphens';
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return `is too small; at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `is too big; at most ${issue.maximum}`;
  return issue.message;
}

function article(type: string): string {
  if (type === 'object' || type === 'record') return 'a map of fields';
  if (type === 'array') return 'a list';
  if (type === 'int') return 'a whole number';
  return type === 'boolean' ? 'true or false' : `a ${type}`;
}

const firstLine = (text: string) => text.split('\n')[0] ?? text;
