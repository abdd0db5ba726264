/** Types into the terminals what is clicked, and a task's solution, of which it tells how far it has come. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Command } from '#server/protocol/feed.ts';
import type { SolutionLine } from '#server/protocol/tasks.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { Typing } from '../lesson/actions.tsx';
import { keyOf, machineOf, open } from './terminals.ts';
import type { TerminalsHandle } from './use-terminals.ts';

export function useTyping(terminals: TerminalsHandle) {
  const { t } = useI18n();
  const { say, show } = useVoice();
  const [typing, setTyping] = useState<Typing | null>(null);
  const running = useRef<AbortController | null>(null);
  const listeners = useRef(new Set<(terminal: string) => void>());

  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const heardCommand = useCallback(({ machine, terminal }: Command) => {
    for (const listener of listeners.current) listener(keyOf({ machine, name: terminal }));
  }, []);

  const type = (line: SolutionLine): string | null => {
    const terminal = terminals.on(line.machine);
    const isOpen = terminals.front().startsWith(`${line.machine}/`);
    if (!terminal && !isOpen) terminals.change((now) => open(now, line.machine));
    return terminal?.run(line.text) ? terminals.front() : null;
  };

  const waits = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

  /** `machine` null: in front. A terminal that only opens or comes to the front gets its time, one where a program runs does not. */
  const run = async (text: string, machine: string | null) => {
    const before = terminals.front();
    const line = { machine: machine ?? machineOf(before), text };
    let taken = type(line);
    const key = terminals.front();
    if (taken === null && (key !== before || (terminals.active()?.isComing() ?? true))) {
      stop();
      const controller = new AbortController();
      running.current = controller;
      setTyping(null);
      const { typeSoon } = await import('./type-out.ts');
      const again = () => (terminals.front() === key && terminals.active()?.run(text) ? key : null);
      taken = await typeSoon(line, { type: again, pause: waits }, controller.signal);
      if (controller.signal.aborted) return;
    }
    if (taken === null) show(t.lesson.busy, 'near');
    else say(t.lesson.ran);
    terminals.active()?.focus();
  };

  const start = async (task: string, lines: readonly SolutionLine[]) => {
    stop();
    const controller = new AbortController();
    running.current = controller;
    setTyping({ task, line: 0, lines: lines.length });
    // Most learners never ask for it.
    const { typeOut } = await import('./type-out.ts');
    const onEnded = (listener: (terminal: string) => void) => {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    };
    const at = (line: number) => setTyping({ task, line, lines: lines.length });
    const end = await typeOut(lines, { type, onEnded, at, pause: waits }, controller.signal);
    if (running.current !== controller) return;
    running.current = null;
    setTyping(null);
    if (end === 'done') say(t.learn.typed);
    if (end === 'busy') show(t.lesson.busy, 'near');
  };

  return { typing, run, start, stop, heardCommand };
}
