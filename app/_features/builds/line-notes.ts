/** What stands in the editor beside each line of a Dockerfile that was built. */
import type { Build, BuildStep, Outcome } from '#server/protocol/builds.ts';
import { formatBytes } from '#app/_lib/sizes.ts';
import type { LineNote, LineNotes } from '#app/_lib/line-notes.ts';
import { sayOutcome, sayTime, sayWhy } from './say.ts';
import type { Say } from './words.ts';

const TONES: Partial<Record<Outcome, LineNote['tone']>> = { cached: 'ok', ran: 'near', failed: 'fail' };

/** Null for a file that nothing was built by. @param builds newest first. */
export function lineNotes(
  builds: readonly Build[],
  file: { machine: string; path: string; text: string },
  say: Say,
): LineNotes | null {
  const build = builds.find(
    ({ machine, path, dockerfile }) => machine === file.machine && path === file.path && dockerfile !== null,
  );
  if (!build) return null;
  if (build.dockerfile !== file.text) return { lines: [], above: say.words.changed };
  return { lines: build.steps.flatMap((step) => noteOf(step, build, say) ?? []), above: null };
}

function noteOf(step: BuildStep, build: Build, say: Say): LineNote | null {
  if (!step.lines) return null;
  const facts = [
    sayOutcome(step, build, say),
    step.why && sayWhy(step.why, say),
    (step.outcome === 'ran' || step.outcome === 'failed') &&
      step.durationMs !== null &&
      sayTime(step.durationMs, say),
    step.bytes !== null && step.bytes > 0 && `+${formatBytes(step.bytes)}`,
  ];
  return {
    ...step.lines,
    tone: TONES[step.outcome] ?? 'quiet',
    text: facts.filter(Boolean).join(' · '),
    more: step.said.join('\n'),
  };
}
