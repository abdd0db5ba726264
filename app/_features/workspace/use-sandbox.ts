/** Opens the sandbox, as a guest where nobody is signed in, and follows its feed for as long as the page is open. */
'use client';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { ReconnectingSocket } from '#app/_lib/reconnecting-socket.ts';
import type { Me } from '#server/protocol/account.ts';
import type { Command, FeedClientMessage, FeedMessage, Notice } from '#server/protocol/feed.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { OpenSandbox, SandboxView } from '#server/protocol/sandbox.ts';
import type { TaskState } from '#server/protocol/tasks.ts';
import { parseFeedMessage } from './feed-message.ts';
import { begin, step, taskNews, type Beginning, type WorkspaceEvent, type WorkspaceState } from './state.ts';

export type SandboxEvents = {
  signedIn: (me: Me) => void;
  news: (what: 'passed' | 'near', task: TaskState) => void;
  notice: (notice: Notice, machine: string | null) => void;
  command: (command: Command) => void;
  /** Its text was written anew. */
  lesson: () => void;
};

export type SandboxHandle = {
  state: WorkspaceState;
  /** Asks for the sandbox: to begin with, after a refusal, or for a fresh one after it was closed. */
  reopen: () => void;
  /** Forgets what was passed and closes the machine, then opens a fresh one. */
  restart: (lesson: LessonKey) => Promise<void>;
  /** Turns to another sandbox of the same lesson. */
  enter: (sandbox: SandboxView) => void;
  /** Does not wait for the countdown. */
  retryNow: () => void;
  tell: (message: FeedClientMessage) => void;
  heard: (task: TaskState) => void;
  /** Everything that the feed says, as it comes. */
  hears: (listener: (message: FeedMessage) => void) => () => void;
};

/** These pass by themselves; ask again without a click. */
const PASSING = new Set(['offline', 'engine_down', 'internal', 'too_many_requests']);
const ASK_AGAIN_MS = 5_000;
const NOBODY: Me = { user: null, firstAccount: false };

type SandboxOptions = { what: OpenSandbox; me: Me; start: Beginning; events: SandboxEvents };

export function useSandbox({ what, me, start, events }: SandboxOptions): SandboxHandle {
  const [state, dispatch] = useReducer(step, start, begin);
  const feed = useRef<ReconnectingSocket | null>(null);
  const listeners = useRef(new Set<(message: FeedMessage) => void>());
  const known = useRef(state.tasks);
  const latest = useRef({ what, me, events });
  useEffect(() => {
    latest.current = { what, me, events };
    known.current = state.tasks;
  });

  const id = state.opening === 'open' ? (state.sandbox?.id ?? null) : null;

  /** Only the newest asking counts, and none after the page was left. */
  const turn = useRef(0);
  const reopen = useCallback(async () => {
    const mine = ++turn.current;
    const tell = (event: WorkspaceEvent) => mine === turn.current && dispatch(event);
    try {
      const { what, me, events } = latest.current;
      if (!me?.user) {
        tell({ type: 'signing-in' });
        events.signedIn(await api.signInAsGuest());
      }
      tell({ type: 'asking' });
      tell({ type: 'opened', sandbox: await api.openSandbox(what) });
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'internal';
      // The session ended elsewhere: the next asking begins with a new guest.
      if (code === 'not_signed_in') latest.current.events.signedIn(NOBODY);
      tell({ type: 'refused', code });
    }
  }, []);
  const atOnce = useRef(!start.reading);
  useEffect(() => {
    const turns = turn;
    if (atOnce.current) void reopen();
    return () => {
      turns.current++;
    };
  }, [reopen]);

  const refused = typeof state.opening === 'object' ? state.opening.refused : null;
  useEffect(() => {
    if (refused === null || !PASSING.has(refused)) return;
    const timer = setTimeout(() => void reopen(), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [refused, reopen]);

  useEffect(() => {
    if (id === null) return;
    const hear = (message: FeedMessage) => {
      const { events } = latest.current;
      for (const listener of listeners.current) listener(message);
      if (message.type === 'lesson') events.lesson();
      if (message.type === 'command') events.command(message.command);
      if (message.type === 'notice') events.notice(message.notice, message.machine);
      if (message.type === 'task') {
        const news = taskNews(known.current[message.task.id], message.task);
        if (news) events.news(news, message.task);
      }
      dispatch({ type: 'heard', message });
    };
    const socket = new ReconnectingSocket({
      url: () => `${location.origin.replace(/^http/, 'ws')}/api/sandboxes/${id}/feed`,
      events: {
        open: () => {},
        text: (text) => {
          const message = parseFeedMessage(text);
          if (message) hear(message);
        },
        bytes: () => {},
        state: (line) => dispatch({ type: 'line', line }),
      },
    });
    feed.current = socket;
    return () => {
      feed.current = null;
      socket.close();
    };
  }, [id]);

  const restart = useCallback(
    async (lesson: LessonKey) => {
      await api.restartLesson(lesson);
      dispatch({ type: 'restarting' });
      await reopen();
    },
    [reopen],
  );

  return {
    state,
    restart,
    reopen: useCallback(() => void reopen(), [reopen]),
    enter: useCallback((sandbox) => {
      turn.current++;
      // Else what the one before still says would bring it back.
      feed.current?.close();
      dispatch({ type: 'asking' });
      dispatch({ type: 'opened', sandbox });
    }, []),
    retryNow: useCallback(() => feed.current?.retryNow(), []),
    tell: useCallback((message) => void feed.current?.sendOrHold(JSON.stringify(message)), []),
    hears: useCallback((listener) => {
      const all = listeners.current.add(listener);
      return () => void all.delete(listener);
    }, []),
    heard: useCallback((task) => dispatch({ type: 'task', task }), []),
  };
}
