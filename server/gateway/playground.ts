/** What a playground holds. */
import type { SandboxPlan } from '#server/sandbox/contract.ts';

/** Bare machines: what a learner wants there comes from the mirror in a second or two. */
export function playgroundPlan(machines: number): SandboxPlan {
  return {
    lesson: null,
    machines: Array.from({ length: machines }, (_, index) => ({
      name: `node${index + 1}`,
      images: [],
      files: [],
    })),
  };
}
