/** Tells on a terminal what set-up does: each step with its time, a growing line for those under way, the total. */
import type { Report } from './contract.ts';
import { SetUpError } from './errors.ts';

export type Terminal = {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
};

export type TerminalReport = Report & {
  /** The last line: what is there now, and the total when there was something to do. */
  finish(sentence: string): void;
  /** Names what went wrong and the way out. */
  fail(error: unknown): void;
};

const REDRAW_EVERY_MS = 200;
/** Where nobody watches a line grow, a long step says so this often. */
const REPEAT_EVERY_MS = 15_000;

export function terminalReport(terminal: Terminal, now: () => number = Date.now): TerminalReport {
  const startedAt = now();
  const underWay = new Map<string, { since: number; detail: string; toldAt: number }>();
  let steps = 0;
  let timer: NodeJS.Timeout | undefined;
  const live = terminal.isTTY === true;

  const erase = () => live && terminal.write('\r\x1b[K');
  const say = (line: string) => {
    erase();
    terminal.write(`${line}\n`);
    draw();
  };
  const draw = () => {
    if (live && underWay.size > 0) {
      const parts = [...underWay].map(
        ([title, { since, detail }]) => `${title} ${seconds(now() - since)}${detail && ` (${detail})`}`,
      );
      terminal.write(`\r\x1b[K${cut(`  … ${parts.join(', ')}`, (terminal.columns ?? 80) - 1)}`);
    }
  };
  const repeat = () => {
    for (const [title, step] of underWay) {
      if (now() - step.toldAt < REPEAT_EVERY_MS) continue;
      step.toldAt = now();
      say(`  … ${title}, ${seconds(now() - step.since)} so far${step.detail && `: ${step.detail}`}`);
    }
  };
  const end = (title: string, mark: string) => {
    const since = underWay.get(title)?.since ?? now();
    underWay.delete(title);
    if (underWay.size === 0) clearInterval(timer);
    say(`  ${mark} ${title}, ${seconds(now() - since)}`);
  };

  return {
    begin(title) {
      if (underWay.size === 0) timer = setInterval(live ? draw : repeat, REDRAW_EVERY_MS);
      timer?.unref();
      underWay.set(title, { since: now(), detail: '', toldAt: now() });
      steps++;
      if (live) draw();
      else say(`  … ${title}`);
      return {
        detail: (text) => {
          const step = underWay.get(title);
          if (step) step.detail = text;
        },
        done: () => end(title, '✓'),
        failed: () => end(title, '✗'),
      };
    },
    warn: (sentence) => say(`  ! ${sentence}`),
    finish: (sentence) => say(steps > 0 ? `${sentence} (${seconds(now() - startedAt)} in all)` : sentence),
    fail(error) {
      say(error instanceof Error ? error.message : String(error));
      if (error instanceof SetUpError) say(error.wayOut);
    },
  };
}

function seconds(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.floor(ms / 1000) % 60} s`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
