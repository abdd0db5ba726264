/** A command as the terminals tell of it when it has ended. */
import type { Command } from '../../protocol/feed.ts';

export function typed(
  line: string,
  parts: { atMs: number; durationMs?: number; terminal?: string; machine?: string; exitCode?: number },
): Command {
  const { atMs, durationMs = 100, terminal = '1', machine = 'node1', exitCode = 0 } = parts;
  return { machine, terminal, line, exitCode, startedAt: new Date(atMs).toISOString(), durationMs };
}
