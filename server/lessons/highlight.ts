/** Colours code while lessons are loaded, so that no page carries a highlighter. */
import { createLowlight } from 'lowlight';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import nginx from 'highlight.js/lib/languages/nginx';
import python from 'highlight.js/lib/languages/python';
import yaml from 'highlight.js/lib/languages/yaml';
import type { CodeToken } from '../protocol/lesson.ts';
import { shellTokens } from './highlight-shell.ts';

const lowlight = createLowlight({ dockerfile, ini, javascript, json, nginx, python, yaml });
lowlight.registerAlias({ javascript: 'js' });

/** Languages that a fence may name: the coloured ones, and two for what a screen shows. */
export const LANGUAGES = [
  'sh',
  'dockerfile',
  'yaml',
  'json',
  'python',
  'js',
  'ini',
  'nginx',
  'console',
  'text',
];

/** First class of highlight.js → our seven colours; what is not here stays plain. */
const KIND: Record<string, CodeToken['kind']> = {
  keyword: 'keyword',
  literal: 'keyword',
  'meta keyword': 'keyword',
  built_in: 'name',
  title: 'name',
  attr: 'name',
  attribute: 'name',
  section: 'name',
  type: 'name',
  string: 'string',
  regexp: 'string',
  number: 'number',
  comment: 'comment',
  variable: 'variable',
  params: 'variable',
  subst: 'variable',
  operator: 'operator',
  punctuation: 'operator',
  meta: 'comment',
};

type Node = {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: Node[];
};

/** One list of tokens for each line; the texts of a line joined are the line. */
export function highlight(text: string, language: string | null): CodeToken[][] {
  const tokens = tokensOf(text, language);
  const lines: CodeToken[][] = [[]];
  for (const token of tokens) {
    const [first, ...rest] = token.text.split('\n');
    if (first) lines.at(-1)!.push({ text: first, kind: token.kind });
    for (const part of rest) lines.push(part === '' ? [] : [{ text: part, kind: token.kind }]);
  }
  return lines;
}

function tokensOf(text: string, language: string | null): CodeToken[] {
  if (language === 'sh') return shellTokens(text);
  if (language === null || !lowlight.registered(language)) return [{ text, kind: null }];
  return flatten(lowlight.highlight(language, text) as Node, null);
}

function flatten(node: Node, kind: CodeToken['kind']): CodeToken[] {
  if (node.type === 'text') return node.value ? [{ text: node.value, kind }] : [];
  const inner = kindOf(node.properties?.className) ?? kind;
  return (node.children ?? []).flatMap((child) => flatten(child, inner));
}

function kindOf(className: unknown): CodeToken['kind'] {
  const [first] = Array.isArray(className) ? className : [];
  return KIND[String(first).replace(/^hljs-/, '')] ?? null;
}
