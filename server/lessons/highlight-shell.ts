/** Colours command lines by their own sense: the program and its flags, which highlighters for scripts leave plain. */
import type { CodeToken } from '../protocol/lesson.ts';

const TOKEN =
  /(?<comment>(?<=^|\s)#.*)|(?<string>'[^']*'|"(?:\\.|[^"\\])*")|(?<variable>\$\{[^}\n]*\}|\$[\w?$!@*#]+)|(?<operator>&&|\|\||[|;&<>()]+)|(?<word>(?:\\.|[^\s|;&<>()'"$\\])+)|(?<rest>\s+|.)/gms;

const KIND: Record<string, CodeToken['kind']> = {
  comment: 'comment',
  string: 'string',
  variable: 'variable',
  operator: 'operator',
};

export function shellTokens(text: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  let commandBegins = true;
  for (const { 0: piece, groups } of text.matchAll(TOKEN)) {
    const name = Object.keys(groups ?? {}).find((key) => groups?.[key] !== undefined) ?? 'rest';
    const kind = name === 'word' ? kindOfWord(piece, commandBegins) : (KIND[name] ?? null);
    if (/[|;&(\n]$/.test(piece)) commandBegins = true;
    else if (piece.trim() !== '' && name !== 'comment') commandBegins &&= /^\w+=/.test(piece);
    const last = tokens.at(-1);
    if (last && last.kind === kind) last.text += piece;
    else tokens.push({ text: piece, kind });
  }
  return tokens;
}

function kindOfWord(word: string, commandBegins: boolean): CodeToken['kind'] {
  if (word.startsWith('-')) return 'keyword';
  if (/^\d+$/.test(word)) return 'number';
  return commandBegins && !/^\w+=/.test(word) ? 'name' : null;
}
