/**
 * The files of a build's context, as they lay in the machine when it ended: enough of each to tell which one has changed
 * by the next build. What a Dockerfile's COPY takes, and what .dockerignore leaves out, is told apart here.
 */
import { parseJson } from '../lib/json.ts';
import type { Instruction } from './dockerfile.ts';

export type Context = {
  /** Path below the context → what it was: rights and a digest, or size and time of a large one. */
  readonly files: ReadonlyMap<string, string>;
  /** Lines of .dockerignore. */
  readonly ignored: readonly string[];
};

/** Of .dockerignore. */
const RULES_MOST = 200;

export type ChangedFile = { path: string; change: 'added' | 'changed' | 'removed' };

/** What the build could have seen of an instruction's sources, and what of it is not what it was. */
export function changedFiles(before: Context, now: Context, instruction: Instruction | null): ChangedFile[] {
  const takes = instruction ? copied(instruction) : () => true;
  const [old, own] = [seen(before, takes), seen(now, takes)];
  const changed: ChangedFile[] = [];
  for (const path of new Set([...old.keys(), ...own.keys()])) {
    if (old.get(path) === own.get(path)) continue;
    changed.push({ path, change: !old.has(path) ? 'added' : !own.has(path) ? 'removed' : 'changed' });
  }
  return changed.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function seen({ files, ignored }: Context, takes: (path: string) => boolean): Map<string, string> {
  const isIgnored = ignoring(ignored);
  return new Map([...files].filter(([path]) => takes(path) && !isIgnored(path)));
}

/** Whether a file of the context is among what the instruction copies; everything is, where that cannot be told. */
function copied({ keyword, argument }: Instruction): (path: string) => boolean {
  if (keyword !== 'COPY' && keyword !== 'ADD') return () => true;
  const words = wordsOf(argument);
  const sources = words?.slice(0, -1) ?? [];
  if (sources.length === 0 || sources.some((source) => source.includes('$'))) return () => true;
  const patterns = sources.map((source) => patternOf(source));
  return (path) => patterns.some((fitting) => fitting(path));
}

/** Without flags; null where it is not written in a way that we read. */
function wordsOf(argument: string): string[] | null {
  const rest = argument.replace(/^(--\S+\s+)*/, '').trim();
  if (!rest.startsWith('[')) return rest.split(/\s+/);
  const words = parseJson(rest);
  return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : null;
}

/** Docker's rules: the last line that fits decides, `!` takes a file in again, and a directory stands for all below it. */
function ignoring(lines: readonly string[]): (path: string) => boolean {
  const rules = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, RULES_MOST)
    .map((line) => {
      const keeps = line.startsWith('!');
      return { keeps, fitting: patternOf(keeps ? line.slice(1).trim() : line) };
    });
  return (path) => {
    const last = rules.findLast(({ fitting }) => fitting(path));
    return last !== undefined && !last.keeps;
  };
}

/** Go's `filepath.Match` with `**`, for the path itself and all below it. Whatever is written, it takes no long time. */
function patternOf(written: string): (path: string) => boolean {
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  return (path) => fits(parts, path.split('/'));
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  /** How far into the pattern the path so far may have come; `**` stands for no part as well. */
  const reached = (from: Iterable<number>) => {
    const all = new Set(from);
    for (const at of all) if (pattern[at] === '**') all.add(at + 1);
    return all;
  };
  let at = reached([0]);
  for (const part of path) {
    if (at.has(pattern.length)) return true;
    at = reached(
      [...at].flatMap((one) =>
        pattern[one] === '**' ? [one] : fitsPart(pattern[one]!, part) ? [one + 1] : [],
      ),
    );
  }
  return at.has(pattern.length);
}

/** `*` and `?` within one part: goes back to the last star only. */
function fitsPart(pattern: string, text: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  for (let index = 0; index < text.length;) {
    if (pattern[at] === '*') [star, mark] = [at++, index];
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index]))
      [at, index] = [at + 1, index + 1];
    else if (star >= 0) [at, index] = [star + 1, ++mark];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
