/** The word by which we know our own marks in a shell's output: the same for a terminal after every restart. */
import { createHmac } from 'node:crypto';
import type { TerminalKey } from './contract.ts';

export function nonceOf(secret: string, key: TerminalKey): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['terminal', key.sandbox, key.machine, key.terminal]))
    .digest('hex')
    .slice(0, 32);
}
