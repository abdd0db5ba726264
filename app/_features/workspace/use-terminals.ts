/** The open terminals of this sandbox, as the server keeps them; what of them is shown, and the way to reach each. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TerminalHandle } from '../terminal/Terminal.tsx';
import { arrange, keyOf, parseLayout, select, startWith, type Tab, type Terminals } from './terminals.ts';

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

type TerminalsOptions = {
  /** Null until there is one. */
  sandbox: string | null;
  /** Those that the sandbox begins with. */
  usual: readonly Tab[];
  /** As the server has them; null until it has told. */
  list: readonly Tab[] | null;
  onRefused: (error: unknown) => void;
};

export function useTerminals({ sandbox, usual, list, onRefused }: TerminalsOptions): TerminalsHandle {
  const [terminals, setTerminals] = useState(() => startWith(usual));
  const [fresh, setFresh] = useState<string | null>(null);
  const handles = useRef(new Map<string, TerminalHandle>());
  const latest = useRef(terminals);
  const told = useRef({ list, onRefused });
  useEffect(() => {
    latest.current = terminals;
    told.current = { list, onRefused };
  });
  /** Changes on their way to the server, one after the other: until it has taken all, what it tells is older than what is shown. */
  const sending = useRef({ count: 0, last: Promise.resolve() });

  // What this browser kept is read once, when the sandbox is known.
  const place = sandbox === null ? null : `drydock-terminals-${sandbox}`;
  const [readFrom, setReadFrom] = useState<string | null>(null);
  if (place !== null && place !== readFrom) {
    setReadFrom(place);
    setTerminals((before) => parseLayout(localStorage.getItem(place), before));
  }
  const show = useCallback(
    (now: Terminals) => {
      latest.current = now;
      setTerminals(now);
      const { tabs: _, ...layout } = now;
      if (place) localStorage.setItem(place, JSON.stringify(layout));
    },
    [place],
  );
  const heard = useRef(false);
  useEffect(() => {
    if (!list || sending.current.count > 0) return;
    // At first nothing of it is news: what is shown is as it was kept.
    const before = latest.current;
    show(arrange(heard.current ? before : { ...before, tabs: list }, list));
    heard.current = true;
  }, [list, show]);

  const send = useCallback(
    (before: readonly Tab[], after: readonly Tab[]) => {
      const queue = sending.current;
      const sendNow = async () => {
        let now: readonly Tab[] | null;
        try {
          // Most visits change nothing.
          const { sendChanges } = await import('./terminal-changes.ts');
          now = await sendChanges(sandbox!, before, after);
        } catch (error) {
          told.current.onRefused(error);
          now = told.current.list;
        }
        if (--queue.count === 0 && now) show(arrange(latest.current, now));
      };
      queue.count++;
      queue.last = queue.last.then(sendNow);
    },
    [sandbox, show],
  );

  const change = useCallback<TerminalsHandle['change']>(
    (how) => {
      const before = latest.current;
      const now = how(before);
      show(now);
      if (now.tabs.length > before.tabs.length) setFresh(now.active);
      if (sandbox && now.tabs !== before.tabs) send(before.tabs, now.tabs);
    },
    [sandbox, send, show],
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
