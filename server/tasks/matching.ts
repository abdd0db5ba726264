/** Tries an author's regular expression on a learner's text, and gives up in time. */
import { Script } from 'node:vm';

/** Far more than any pattern needs for 256 KiB of honest text. */
const TIMEOUT_MS = 50;
const TEST = new Script('new RegExp(pattern, "m").test(text)');

/** False as well when it took too long: some patterns take hours on a text that was made for it. */
export function matches(pattern: string, text: string): boolean {
  try {
    return TEST.runInNewContext({ pattern, text }, { timeout: TIMEOUT_MS }) === true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  }
}

/** It comes from a realm of its own, whose Error is not ours. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
