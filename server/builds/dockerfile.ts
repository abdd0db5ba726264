/** Reads a Dockerfile as BuildKit does: its instructions with the lines on which they stand, and the stages they belong to. */

export type Instruction = {
  /** `RUN`, in capitals. */
  readonly keyword: string;
  /** As it is written, over all its lines, without what is around it. */
  readonly text: string;
  /** What stands behind the keyword, its lines joined; without the bodies of here-documents. */
  readonly argument: string;
  /** From 1. */
  readonly firstLine: number;
  readonly lastLine: number;
};

export type Stage = {
  /** In small letters; null where it has none. */
  readonly name: string | null;
  /** The image or the stage it begins with, as it is written. */
  readonly base: string;
  /** The first one is its FROM. */
  readonly instructions: readonly Instruction[];
};

export type Dockerfile = {
  /** ARG lines before the first FROM. */
  readonly before: readonly Instruction[];
  readonly stages: readonly Stage[];
};

export const INSTRUCTIONS_MOST = 300;

/** A word of its own: `$((1<<X))` is none. */
const HEREDOC = /(?<=^|\s)\d*<<(-?)(["']?)([a-zA-Z_][\w.]*)\2(?=\s|$)/g;
const TAKES_HEREDOC = /^(RUN|COPY|ADD)$/;
const IGNORED = /^\s*(#|$)/;
const FROM = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?\s*$/i;

export function parseDockerfile(text: string): Dockerfile {
  const before: Instruction[] = [];
  const stages: { name: string | null; base: string; instructions: Instruction[] }[] = [];
  for (const instruction of readInstructions(text)) {
    if (instruction.keyword === 'FROM') {
      const [, base = '', name] = FROM.exec(instruction.argument) ?? [];
      stages.push({ base, name: name?.toLowerCase() ?? null, instructions: [instruction] });
    } else (stages.at(-1)?.instructions ?? before).push(instruction);
  }
  return { before, stages };
}

function readInstructions(text: string): Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const escape = escapeOf(lines);
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length && found.length < INSTRUCTIONS_MOST; at++) {
    if (IGNORED.test(lines[at]!)) continue;
    const first = at;
    let [joined, open] = part(lines[at]!, escape);
    // Comments and empty lines between the parts of one instruction are left out.
    while (open && at + 1 < lines.length) {
      const next = lines[++at]!;
      if (IGNORED.test(next)) continue;
      const [more, goesOn] = part(next, escape);
      [joined, open] = [joined + more, goesOn];
    }
    const [, word = '', argument = ''] = /^\s*(\S+)\s*([^]*?)\s*$/.exec(joined) ?? [];
    const keyword = word.toUpperCase();
    if (TAKES_HEREDOC.test(keyword)) at = endOfHeredocs(lines, at, argument);
    const whole = lines
      .slice(first, at + 1)
      .join('\n')
      .trim();
    found.push({ keyword, argument, text: whole, firstLine: first + 1, lastLine: at + 1 });
  }
  return found;
}

/** A line without the mark that the instruction goes on, and whether it does. */
function part(line: string, escape: string): [string, boolean] {
  const trimmed = line.trimEnd();
  return trimmed.endsWith(escape) ? [trimmed.slice(0, -1), true] : [line, false];
}

/** Directives stand above everything else. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name, value] = /^#\s*([a-zA-Z]\w*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (name === undefined) break;
    if (name.toLowerCase() === 'escape') return value === '`' ? '`' : '\\';
  }
  return '\\';
}

/** The last line of the here-documents that begin in an instruction ending at this line. */
function endOfHeredocs(lines: readonly string[], at: number, argument: string): number {
  for (const [, dash, , word] of argument.matchAll(HEREDOC)) {
    const isEnd = (line: string) => (dash ? line.replace(/^\t+/, '') : line) === word;
    const end = lines.findIndex((line, index) => index > at && isEnd(line));
    if (end < 0) return lines.length - 1;
    at = end;
  }
  return at;
}

/** The stage that a FROM or a `--from` names, among those above it; null for an image. */
export function stageNamed(stages: readonly Stage[], name: string): number | null {
  const at = stages.findLastIndex((stage) => stage.name === name.toLowerCase());
  return at < 0 ? null : at;
}
