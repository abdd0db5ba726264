/** The open terminals of this sandbox, kept over a reload, and the way to reach each of them. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TerminalHandle } from '../terminal/Terminal.tsx';
import { keyOf, parseTerminals, select, startWith, type Tab, type Terminals } from './terminals.ts';

export type TerminalsHandle = {
  terminals: Terminals;
  /** Opened by the learner just now: it takes the focus, which one that only comes back does not. */
  fresh: string | null;
  change: (how: (before: Terminals) => Terminals) => void;
  register: (key: string, handle: TerminalHandle | null) => void;
  /** Its key; right after a change too. */
  front: () => string;
  /** The terminal that has, or last had, the focus. */
  active: () => TerminalHandle | null;
  /** The active terminal of a machine, else its first; brings it to the front. */
  on: (machine: string | null) => TerminalHandle | null;
  /** The key bar's Ctrl waits for a key. */
  ctrlHeld: boolean;
  holdCtrl: (held: boolean) => void;
  ctrlUsed: () => void;
};

export function useTerminals(sandbox: string | null, usual: readonly Tab[]): TerminalsHandle {
  const [terminals, setTerminals] = useState(() => startWith(usual));
  const [fresh, setFresh] = useState<string | null>(null);
  const handles = useRef(new Map<string, TerminalHandle>());
  const latest = useRef(terminals);
  useEffect(() => {
    latest.current = terminals;
  });

  // What this browser kept is read once, when the sandbox is known.
  const place = sandbox === null ? null : `drydock-terminals-${sandbox}`;
  const [readFrom, setReadFrom] = useState<string | null>(null);
  if (place !== null && place !== readFrom) {
    setReadFrom(place);
    setTerminals((before) => parseTerminals(localStorage.getItem(place), before));
  }

  const change = useCallback<TerminalsHandle['change']>(
    (how) => {
      const before = latest.current;
      const now = how(before);
      latest.current = now;
      setTerminals(now);
      if (now.tabs.length > before.tabs.length) setFresh(now.active);
      if (place) localStorage.setItem(place, JSON.stringify(now));
    },
    [place],
  );
  const register = useCallback<TerminalsHandle['register']>((key, handle) => {
    if (handle) handles.current.set(key, handle);
    else handles.current.delete(key);
  }, []);
  const active = useCallback(() => handles.current.get(latest.current.active) ?? null, []);
  const front = useCallback(() => latest.current.active, []);
  const on = useCallback<TerminalsHandle['on']>(
    (machine) => {
      const { tabs, active: front } = latest.current;
      if (machine === null || front.startsWith(`${machine}/`)) return active();
      const tab = tabs.find((candidate) => candidate.machine === machine);
      if (!tab) return null;
      change((before) => select(before, keyOf(tab)));
      return handles.current.get(keyOf(tab)) ?? null;
    },
    [active, change],
  );
  const [ctrlHeld, setCtrlHeld] = useState(false);
  const holdCtrl = useCallback(
    (held: boolean) => {
      active()?.holdCtrl(held);
      setCtrlHeld(held);
    },
    [active],
  );
  const ctrlUsed = useCallback(() => setCtrlHeld(false), []);
  return { terminals, fresh, change, register, front, active, on, ctrlHeld, holdCtrl, ctrlUsed };
}
