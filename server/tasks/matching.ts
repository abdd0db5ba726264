/** Tries an author's regular expression on a learner's text, and gives up in time. */
import { Script } from 'node:vm';

/** Far more than any pattern needs for 256 KiB of honest text. */
const TIMEOUT_MS = 50;
/** Times are taken by the clock on the wall; where others had the processor meanwhile, it is tried again. */
const ATTEMPTS = 4;
/** Of its time a pattern has used this much by itself before it counts as one that takes for ever. */
const OWN_MS = TIMEOUT_MS / 2;
const TEST = new Script('new RegExp(pattern, "m").test(text)');

/** False as well when it took too long: some patterns take hours on a text that was made for it. */
export function matches(pattern: string, text: string): boolean {
  for (let attempt = 1; ; attempt++) {
    const before = process.threadCpuUsage();
    try {
      return TEST.runInNewContext({ pattern, text }, { timeout: TIMEOUT_MS }) === true;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const { user, system } = process.threadCpuUsage(before);
      if (attempt === ATTEMPTS || (user + system) / 1000 >= OWN_MS) return false;
    }
  }
}

/** It comes from a realm of its own, whose Error is not ours. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
