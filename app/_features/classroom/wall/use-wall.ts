/** Follows the wall of a class for as long as the page is open. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { ReconnectingSocket, type LineState } from '#app/_lib/reconnecting-socket.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import { classPath } from '../classroom-api.ts';
import { useWallWords } from '../words.ts';
import { parseWallMessage } from './wall-message.ts';
import { newHands } from './wall-state.ts';
import { WallStore } from './wall-store.ts';

export type Line = {
  state: LineState;
  /** When the line went down; null while it is up, or before it was. */
  since: number | null;
  /** Does not wait for the countdown. */
  retry: () => void;
};

export function useWall(view: ClassView): { store: WallStore; line: Line } {
  const { w } = useWallWords();
  const { say } = useVoice();
  const [store] = useState(() => new WallStore(view));
  const [state, setState] = useState<LineState>({ at: 'connecting' });
  const [since, setSince] = useState<number | null>(null);
  const socket = useRef<ReconnectingSocket | null>(null);
  const latest = useRef({ w, say });
  useEffect(() => {
    latest.current = { w, say };
  });

  useEffect(() => {
    const opened = new ReconnectingSocket({
      url: () => `${location.origin.replace(/^http/, 'ws')}${classPath(view.id)}/wall`,
      events: {
        open: () => setSince(null),
        text: (text) => {
          const message = parseWallMessage(text);
          if (!message) return;
          const before = store.state().tiles;
          store.hear(message);
          const { w, say } = latest.current;
          const hands = newHands(before, store.state().tiles);
          if (hands.length > 0) say(hands.map(({ name }) => fill(w.handRaised, { name })).join(w.between));
        },
        bytes: () => {},
        state: (line) => {
          setState(line);
          if (line.at === 'waiting' || line.at === 'offline') setSince((known) => known ?? Date.now());
        },
      },
    });
    socket.current = opened;
    return () => {
      socket.current = null;
      opened.close();
    };
  }, [store, view.id]);

  const retry = useCallback(() => socket.current?.retryNow(), []);
  return { store, line: { state, since, retry } };
}
