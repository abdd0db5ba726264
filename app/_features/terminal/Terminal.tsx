/** A terminal on the page: the emulator's place, and a handle for the buttons around it. */
'use client';
import '@xterm/xterm/css/xterm.css';
import type { Terminal as Emulator } from '@xterm/xterm';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { TerminalStatus } from './terminal-client.ts';
import { TerminalSession, type SessionOptions } from './terminal-session.ts';

export type { TerminalStatus } from './terminal-client.ts';

/** What buttons, palette and key bar may do; each does nothing until the terminal is there. */
export type TerminalHandle = Pick<
  TerminalSession,
  | 'focus'
  | 'run'
  | 'type'
  | 'press'
  | 'holdCtrl'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'clear'
  | 'find'
  | 'retryNow'
  | 'reopen'
> & { isComing: () => boolean };

/** The host element, with the emulator on it: tests and the console read the screen by it. */
export type TerminalHost = HTMLElement & { terminal?: Emulator };

export type TerminalProps = {
  sandbox: string;
  machine: string;
  name: string;
  /** What a screen reader calls it. */
  label: string;
  /** The colours themselves are read from the page's tokens. */
  theme: 'light' | 'dark';
  fontSize: number;
  screenReader: boolean;
  autoFocus?: boolean;
  onStatus?: (status: TerminalStatus) => void;
  onTitle?: (title: string) => void;
  onViewers?: (count: number) => void;
  onReadOnly?: (isReadOnly: boolean) => void;
  onCtrlUsed?: () => void;
  onFound?: (result: { index: number; count: number }) => void;
  /** Left out: such a paste goes ahead. */
  confirmPaste?: (lines: number) => Promise<boolean>;
  ref?: Ref<TerminalHandle>;
};

const STATES: Record<TerminalStatus['at'], 'connecting' | 'ready' | 'lost' | 'ended'> = {
  connecting: 'connecting',
  live: 'ready',
  waiting: 'lost',
  offline: 'lost',
  'machine-away': 'lost',
  exited: 'ended',
  refused: 'ended',
};

export function Terminal(props: TerminalProps) {
  const { sandbox, machine, name, label, theme, fontSize, screenReader, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const session = useRef<TerminalSession>(null);
  const [status, setStatus] = useState<TerminalStatus['at']>('connecting');
  // The terminal outlives every render; it must find the newest props when it calls back.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element: TerminalHost | null = host.current;
    if (!element) return;
    let isGone = false;
    const path = `/api/sandboxes/${sandbox}/machines/${machine}/terminals/${name}`;
    const { theme, fontSize, screenReader, label, autoFocus } = latest.current;
    const options: SessionOptions = {
      host: element,
      url: `${location.origin.replace(/^http/, 'ws')}${path}`,
      theme,
      fontSize,
      screenReader,
      label,
      events: {
        status: (next) => {
          setStatus(next.at);
          latest.current.onStatus?.(next);
        },
        title: (title) => latest.current.onTitle?.(title),
        viewers: (count) => latest.current.onViewers?.(count),
        readOnly: (isReadOnly) => latest.current.onReadOnly?.(isReadOnly),
        ctrlUsed: () => latest.current.onCtrlUsed?.(),
        found: (result) => latest.current.onFound?.(result),
      },
      confirmPaste: async (lines) => latest.current.confirmPaste?.(lines) ?? true,
    };
    const open = async () => {
      const opened = await TerminalSession.open(options);
      if (isGone) return opened.close();
      session.current = opened;
      element.terminal = opened.term;
      // The page may have changed while the emulator was loaded.
      opened.restyle(latest.current);
      if (autoFocus) opened.focus();
    };
    void open();
    return () => {
      isGone = true;
      session.current?.close();
      session.current = null;
      delete element.terminal;
    };
  }, [sandbox, machine, name]);

  useEffect(() => {
    session.current?.restyle({ theme, fontSize, screenReader });
  }, [theme, fontSize, screenReader]);

  useImperativeHandle(
    ref,
    () => ({
      focus: () => session.current?.focus(),
      run: (command) => session.current?.run(command) ?? false,
      isComing: () => session.current?.isComing ?? true,
      type: (text) => session.current?.type(text),
      press: (key) => session.current?.press(key),
      holdCtrl: (isHeld) => session.current?.holdCtrl(isHeld),
      copy: async () => session.current?.copy() ?? false,
      paste: async () => session.current?.paste() ?? false,
      selectAll: () => session.current?.selectAll(),
      clear: () => session.current?.clear(),
      find: async (text, direction, options) => session.current?.find(text, direction, options) ?? false,
      retryNow: () => session.current?.retryNow(),
      reopen: () => session.current?.reopen(),
    }),
    [],
  );

  return (
    <div
      ref={host}
      role="group"
      aria-label={label}
      data-terminal={`${machine}/${name}`}
      data-state={STATES[status]}
      style={{ width: '100%', height: '100%', overflow: 'hidden', fontFamily: 'var(--font-mono)' }}
    />
  );
}
