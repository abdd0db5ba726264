/** The checks that need no engine: format, lint, types, lessons, unit tests. */
import { join } from 'node:path';
import { tool, vitestStep, type Step } from './step.ts';

export function checkSteps(resultsDirectory: string): Step[] {
  return [
    { title: 'format', command: [tool('prettier'), '--check', '--log-level', 'warn', '.'] },
    { title: 'lint', command: [tool('oxlint')] },
    { title: 'page types', command: [tool('next'), 'typegen'] },
    { title: 'types', command: [tool('tsc'), '--noEmit'] },
    { title: 'lessons', command: [process.execPath, 'server/commands/check-lessons.ts'] },
    vitestStep('unit tests', 'unit', { resultsFile: join(resultsDirectory, 'unit.json') }),
  ];
}
