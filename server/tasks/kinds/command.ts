/** The kind `command`: was it typed, and how did it end. */
import type { CommandExpectation } from '#server/lessons/expectation.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { matchCommand, splitCommands, type Match } from '../command-line.ts';
import { shortened } from '../shorten.ts';
import { fact, type CommandSeen, type Sources, type Verdict } from '../verdict.ts';

type Seen = { command: CommandSeen; match: Match };

export function judgeCommand(expect: CommandExpectation, sources: Sources): Verdict {
  const patterns = Array.isArray(expect.line) ? expect.line : [expect.line];
  const wantedCode = expect.exitCode ?? 0;
  const seen = sources.commands
    .filter(({ machine }) => expect.machine === undefined || machine === expect.machine)
    .map((command): Seen => ({ command, match: bestMatch(patterns, command) }));
  const endedRight = ({ command }: Seen) => wantedCode === 'any' || command.exitCode === wantedCode;

  const right = seen.find((one) => one.match.matched && endedRight(one));
  if (right) return { passed: true, near: true, facts: facts(patterns, wantedCode, right) };
  const last = seen.findLast(({ match }) => match.matched || match.similar);
  return { passed: false, near: last !== undefined, facts: last ? facts(patterns, wantedCode, last) : [] };
}

/** More commands than this on one line are nobody's answer to a task. */
const COMMANDS_A_LINE = 50;

/** Every look goes through the same lines: each is taken apart once. */
const wordsOfSeen = new WeakMap<{ readonly line: string }, string[][]>();

/** The commands of a line that was typed, each as its words. */
export function wordsOf(seen: { readonly line: string }): string[][] {
  const known = wordsOfSeen.get(seen);
  if (known) return known;
  const words = splitCommands(seen.line).slice(0, COMMANDS_A_LINE);
  wordsOfSeen.set(seen, words);
  return words;
}

/** The best that any command of the line makes of any pattern. */
function bestMatch(patterns: readonly string[], seen: CommandSeen): Match {
  const matches = wordsOf(seen).flatMap((words) => patterns.map((pattern) => matchCommand(pattern, words)));
  return (
    matches.find(({ matched }) => matched) ??
    matches
      .filter((match) => !match.matched && match.similar)
      .toSorted((a, b) => missing(a) - missing(b))[0] ?? {
      matched: false,
      similar: false,
      missing: [],
    }
  );
}

const missing = (match: Match) => (match.matched ? 0 : match.missing.length);

function facts(patterns: readonly string[], wantedCode: number | 'any', { command, match }: Seen): Fact[] {
  const line = shortened(command.line);
  const lacks = match.matched ? '' : match.missing.join(' ');
  const list = [
    fact({
      field: 'line',
      ok: match.matched,
      expected: patterns[0] ?? '',
      actual: command.line,
      label: { en: 'the command', zh: '命令' },
      words: { en: `you typed “${line}”; ${lacks} is missing`, zh: `你输入的是“${line}”，缺少 ${lacks}` },
    }),
  ];
  if (wantedCode === 'any' || !match.matched) return list;
  return [
    ...list,
    fact({
      field: 'exitCode',
      ok: command.exitCode === wantedCode,
      expected: String(wantedCode),
      actual: String(command.exitCode),
      label: { en: `ended with exit code ${wantedCode}`, zh: `以退出码 ${wantedCode} 结束` },
      words: {
        en: `“${line}” ended with ${command.exitCode}`,
        zh: `“${line}”以退出码 ${command.exitCode} 结束`,
      },
    }),
  ];
}
