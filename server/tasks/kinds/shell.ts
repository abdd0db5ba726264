/** The kind `shell`: a script of the author looks for itself, and the author says what is amiss. */
import type { ShellExpectation } from '#server/lessons/expectation.ts';
import type { ShellProbe } from '#server/world/probes/contract.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';

export const shellProbe = (expect: { machine?: string | undefined; script: string }): ShellProbe => ({
  kind: 'shell',
  machine: expect.machine ?? DEFAULT_MACHINE,
  script: expect.script,
});

export function judgeShell(expect: ShellExpectation, sources: Sources): Verdict {
  const found = sources.found(shellProbe(expect));
  if (!found) return UNSEEN;
  const { exitCode = 0, prints } = expect;
  const passed = found.exitCode === exitCode && (prints === undefined || found.stdout.includes(prints));
  const facts = [
    fact({
      field: 'script',
      ok: passed,
      expected: '',
      // What it prints may be the very thing that is to be found out.
      actual: null,
      label: { en: 'what your machine says', zh: '你的机器的状态' },
      words: expect.says,
    }),
  ];
  return { passed, near: sources.attempted, facts };
}
