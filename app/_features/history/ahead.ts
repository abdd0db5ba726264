/** Which steps a machine is not ready for. */
import type { History } from '#server/protocol/history.ts';

/**
 * True for a step that lies further than the one after the last whose end this machine has seen, where it can be made
 * ready for it. What was passed on another machine does not count.
 * @param brought the step that the machine was made ready for; -1 where it was for none
 */
export function isAhead(
  steps: readonly { id: string }[],
  index: number,
  history: History,
  brought: number,
): boolean {
  if (!history.startable.includes(steps[index]!.id)) return false;
  return (
    index > brought &&
    index > 1 + steps.findLastIndex(({ id }) => history.snapshots.some(({ step }) => step === id))
  );
}
