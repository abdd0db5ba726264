/** One terminal of a learner, drawn small enough that their whole screen is seen: its size is theirs, not ours. */
'use client';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useShownTheme } from '#app/_lib/theme.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { useWallWords } from '../classroom/words.ts';
import { Terminal, type TerminalHandle, type TerminalStatus } from '../terminal/Terminal.tsx';

const FONT = { usual: 13, least: 8 } as const;

type WatchTerminalProps = {
  sandbox: string;
  machine: string;
  name: string;
  label: string;
  mayType: boolean;
};

export default function WatchTerminal({ sandbox, machine, name, label, mayType }: WatchTerminalProps) {
  const theme = useShownTheme();
  const place = useRef<HTMLDivElement>(null);
  const handle = useRef<TerminalHandle>(null);
  const [status, setStatus] = useState<TerminalStatus>({ at: 'connecting' });
  const fontSize = useFittingFont(place, status.at === 'live' && !mayType);

  // Allowed: who asked wants to type.
  useEffect(() => {
    if (mayType) handle.current?.focus();
  }, [mayType]);

  return (
    <>
      <div ref={place} className="min-h-0 flex-1 pt-2 pl-4">
        <Terminal
          ref={handle}
          sandbox={sandbox}
          machine={machine}
          name={name}
          label={label}
          theme={theme}
          fontSize={fontSize}
          screenReader={false}
          onStatus={setStatus}
        />
      </div>
      <Ended status={status} onRetry={() => handle.current?.retryNow()} />
    </>
  );
}

function Ended({ status, onRetry }: { status: TerminalStatus; onRetry: () => void }) {
  const { w, t } = useWallWords();
  if (status.at === 'exited')
    return (
      <p role="status" className="line-notice">
        {fill(w.learner.shellEnded, { code: status.code })}
      </p>
    );
  if (status.at !== 'refused') return null;
  return (
    <div role="status" className="line-notice">
      <span>{status.why === 'not_allowed' ? w.learner.lookClosed : w.learner.lookFailed}</span>
      {status.why !== 'not_allowed' && (
        <Button kind="text" onClick={onRetry}>
          {t.errors.retry}
        </Button>
      )}
    </div>
  );
}

/** The largest text at which the learner's screen fits into `place`; the usual one while `isFitted` is false. */
function useFittingFont(place: RefObject<HTMLElement | null>, isFitted: boolean): number {
  const [fontSize, setFontSize] = useState<number>(FONT.usual);
  useEffect(() => {
    const box = place.current;
    const screen = box?.querySelector<HTMLElement>('.xterm-screen');
    if (!isFitted || !box || !screen) return;
    const fit = () => {
      const { width, height } = screen.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      // Room for the scroll bar beside it.
      const share = Math.min((box.clientWidth - 32) / width, (box.clientHeight - 8) / height);
      setFontSize((now) => {
        const fitting = Math.floor(now * share * 2) / 2;
        return Math.min(FONT.usual, Math.max(FONT.least, fitting));
      });
    };
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    observer.observe(screen);
    return () => observer.disconnect();
  }, [place, isFitted]);
  return isFitted ? fontSize : FONT.usual;
}
