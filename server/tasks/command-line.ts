/** Takes a typed line apart, roughly as a shell would, and compares it with an author's pattern. */

const SEPARATORS = new Set([';', '&', '&&', '|', '||', '\n', '(', ')']);
const MAX_CHARACTERS = 4096;
/** A word, an operator, or a comment; words keep their quotes. */
const TOKEN =
  /[^\S\n]*(?:(\n)|(#[^\n]*)|(&&|\|\||\d?>>?&?\d?|<<?<?|[;&|()])|((?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s;&|()<>\\'"]|[\\'"])+))/gsy;

/** The simple commands of a line, each as its words; redirections, comments and variable assignments are left out. */
export function splitCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  let skipTarget = false;
  for (const [, newline, comment, operator, word] of line.slice(0, MAX_CHARACTERS).matchAll(TOKEN)) {
    if (comment !== undefined) continue;
    const separator = newline ?? operator;
    if (separator !== undefined) {
      if (SEPARATORS.has(separator)) commands.push([]);
      skipTarget = /[<>]$/.test(separator);
    } else if (skipTarget) skipTarget = false;
    else commands.at(-1)!.push(unquote(word!));
  }
  return commands.map(withoutPrefix).filter((words) => words.length > 0);
}

function unquote(word: string): string {
  return word.replace(
    /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"/gs,
    (_, escaped, single, double) => escaped ?? single ?? String(double).replace(/\\(["\\$`])/g, '$1'),
  );
}

/** `sudo A=b time docker ps` is `docker ps` for our purposes. */
function withoutPrefix(words: string[]): string[] {
  const start = words.findIndex((word) => !/^(sudo|time|command|\w+=.*)$/s.test(word));
  return start < 0 ? [] : words.slice(start);
}

export type Match = { matched: true } | { matched: false; similar: boolean; missing: string[] };

/** `similar`: the same program with the same first word after it, but something of the pattern is missing. */
export function matchCommand(pattern: string, words: readonly string[]): Match {
  const tokens = pattern.split(/\s+/).filter(Boolean);
  const wantedFlags = tokens.filter((token) => token.startsWith('-'));
  const wantedWords = tokens.filter((token) => !token.startsWith('-'));
  const typedWords = words.filter((word) => !word.startsWith('-'));
  const typedFlags = words.filter((word) => word.startsWith('-'));

  const missingWords: string[] = [];
  let at = 0;
  for (const [index, wanted] of wantedWords.entries()) {
    // The program itself comes first; after it other words may stand between, such as values of flags.
    const found =
      index === 0
        ? fitsWord(wanted, typedWords[0])
          ? 0
          : -1
        : typedWords.findIndex((word, place) => place >= at && fitsWord(wanted, word));
    if (found < 0) missingWords.push(wanted);
    else at = found + 1;
  }
  const missingFlags = wantedFlags.filter((wanted) => !hasFlag(wanted, typedFlags));
  if (missingWords.length === 0 && missingFlags.length === 0) return { matched: true };
  const similar = wantedWords.slice(0, 2).every((wanted) => !missingWords.includes(wanted));
  return { matched: false, similar, missing: [...missingWords, ...missingFlags] };
}

function fitsWord(wanted: string, word: string | undefined): boolean {
  if (word === undefined) return false;
  return wanted.split('|').some((choice) => choice === '*' || choice === word);
}

function hasFlag(wanted: string, typed: readonly string[]): boolean {
  return wanted.split('|').some((choice) => {
    if (choice.startsWith('--'))
      return typed.some((flag) => flag === choice || flag.startsWith(`${choice}=`));
    // Short flags may be written together: -aq has -a and -q.
    return choice
      .slice(1)
      .split('')
      .every((letter) => typed.some((flag) => /^-[^-]/.test(flag) && flag.includes(letter)));
  });
}
