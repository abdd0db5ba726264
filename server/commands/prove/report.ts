/** The table of the proofs, and what went wrong. */
import type { Check, Figures } from './cases.ts';

export type LessonRow = { lesson: string; checks: Check[]; figures: Figures[] };

const MIB = 1024 * 1024;

/** Lines of the table, one a lesson; figures are those of its slowest and largest run, times in seconds. */
export function table(rows: readonly LessonRow[]): string[] {
  const header = ['lesson', 'passed', 'failed', 'seconds', 'tick', 'memory', 'disk', 'pulls'];
  const cells = rows.map(({ lesson, checks, figures }) => {
    const most = (of: (figure: Figures) => number) => Math.max(0, ...figures.map(of));
    return [
      lesson,
      String(checks.filter(({ problem }) => problem === null).length),
      String(checks.filter(({ problem }) => problem !== null).length),
      most(({ seconds }) => seconds).toFixed(1),
      (most(({ tickMs }) => tickMs) / 1000).toFixed(2),
      `${Math.round(most(({ memoryBytes }) => memoryBytes) / MIB)} MiB`,
      `${Math.round(most(({ diskBytes }) => diskBytes) / MIB)} MiB`,
      String(most(({ pulls }) => pulls)),
    ];
  });
  const all = [header, ...cells];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
}

export function problems(checks: readonly Check[]): string[] {
  return checks.flatMap(({ lesson, name, problem }) =>
    problem === null ? [] : [`✗ ${lesson}  ${name}: ${problem}`],
  );
}
