/** Follows a learner's sandbox by its feed, for as long as one looks at it. */
'use client';
import { useEffect, useReducer, useState } from 'react';
import { ReconnectingSocket, type LineState } from '#app/_lib/reconnecting-socket.ts';
import type { Classroom } from '#server/protocol/classes.ts';
import type { TerminalTab } from '#server/protocol/terminal-list.ts';
import { classroomApi } from '../classroom/classroom-api.ts';
import { useFailure } from '../classroom/use-failure.ts';
import { LOOKING, step, type Watching } from './watching.ts';

/** Of the feed, what one who looks needs. */
type Heard =
  | { type: 'all'; terminals: TerminalTab[]; classroom?: Classroom }
  | { type: 'terminals'; terminals: TerminalTab[] }
  | { type: 'classroom'; classroom: Classroom };

export type WatchingHandle = Watching & {
  line: LineState;
  /** Asks to type, or ends it. */
  want: (wanted: boolean) => void;
};

export function useWatching(sandbox: string): WatchingHandle {
  const [state, dispatch] = useReducer(step, LOOKING);
  const [line, setLine] = useState<LineState>({ at: 'connecting' });
  const fails = useFailure();

  useEffect(() => {
    const socket = new ReconnectingSocket({
      url: () => `${location.origin.replace(/^http/, 'ws')}/api/sandboxes/${sandbox}/feed`,
      events: {
        open: () => {},
        text: (text) => {
          const message = JSON.parse(text) as Heard;
          if (message.type === 'all' || message.type === 'terminals')
            dispatch({ type: 'terminals', terminals: message.terminals });
          if ((message.type === 'all' || message.type === 'classroom') && message.classroom) {
            // A watcher is told of nobody but that watcher.
            dispatch({ type: 'mode', mode: message.classroom.watchers[0]?.mode ?? null });
          }
        },
        bytes: () => {},
        state: setLine,
      },
    });
    return () => socket.close();
  }, [sandbox]);

  const want = async (wanted: boolean) => {
    if (!wanted) dispatch({ type: 'leaving' });
    try {
      await classroomApi.typing(sandbox, wanted);
    } catch (error) {
      dispatch({ type: 'failed' });
      fails(error);
    }
  };
  return { ...state, line, want: (wanted) => void want(wanted) };
}
