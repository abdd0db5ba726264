/**
 * Reads proof scripts: what a learner types, entry by entry, and the answers given on the page.
 * `# on node2` sends what follows to that machine's terminal, at first it is node1's; `# for TASK` begins the lines that
 * solve this task; `# give TASK: VALUE` answers a question, where VALUE may be `$(command)`; other comments are for the
 * reader.
 */
import type { ProofLine } from './contract.ts';
import type { Problems } from './problem.ts';

/** Where scripts begin to type. */
const FIRST_MACHINE = 'node1';

export type Script = {
  lines: ProofLine[];
  /** Lines under `# for TASK`. */
  byTask: Map<string, ProofLine[]>;
  /** Every comment line, without the `#`. */
  comments: string[];
};

export function readScript(
  source: { file: string; text: string; tasks: readonly string[]; machines: readonly string[] },
  problems: Problems,
): Script {
  const script: Script = { lines: [], byTask: new Map(), comments: [] };
  let task: string | null = null;
  let machine = FIRST_MACHINE;
  const check = (kind: 'task' | 'machine', name: string, line: number) => {
    const names = kind === 'task' ? source.tasks : source.machines;
    if (names.includes(name)) return;
    const known = names.join(', ') || 'none';
    problems.add(source.file, line, `\`${name}\` is no ${kind} here; it must be one of: ${known}`);
  };
  const add = (line: ProofLine) => {
    script.lines.push(line);
    if (task !== null) script.byTask.set(task, [...(script.byTask.get(task) ?? []), line]);
  };
  for (const { text, line } of entries(source, problems)) {
    if (!text.startsWith('#')) {
      add({ type: 'type', machine, text });
      continue;
    }
    const comment = text.replace(/^#+\s*/, '');
    script.comments.push(comment);
    const place = /^on (node\d)$/.exec(comment)?.[1];
    const section = /^for ([\w-]+)$/.exec(comment)?.[1];
    const given = /^give ([\w-]+):\s*(.+)$/.exec(comment);
    if (place) {
      check('machine', place, line);
      machine = place;
    } else if (section) {
      check('task', section, line);
      task = section;
    } else if (given) {
      check('task', given[1]!, line);
      add({ type: 'give', machine, task: given[1]!, value: given[2]!.trim() });
    }
  }
  return script;
}

/** Joins continued lines and here-documents: each entry is what the shell reads as one command. */
function entries(
  source: { file: string; text: string },
  problems: Problems,
): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  const rows = source.text.split(/\r?\n/);
  for (let at = 0; at < rows.length; at++) {
    const line = at + 1;
    let text = rows[at]!;
    if (text.trim() === '') continue;
    while (text.endsWith('\\') && !text.startsWith('#') && at + 1 < rows.length) text += `\n${rows[++at]!}`;
    const end = text.startsWith('#') ? undefined : /<<-?\s*(['"]?)(\w+)\1/.exec(text)?.[2];
    if (end) {
      do {
        if (at + 1 >= rows.length) {
          problems.add(
            source.file,
            line,
            `the here-document does not end; write ${end} on a line of its own`,
          );
          break;
        }
        text += `\n${rows[++at]!}`;
      } while (rows[at]!.trim() !== end);
    }
    found.push({ text, line });
  }
  return found;
}
