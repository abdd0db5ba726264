/** One terminal of a learner, drawn small enough that their whole screen is seen: its size is theirs, not ours. */
'use client';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useShownTheme } from '#app/_lib/theme.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { useWallWords } from '../classroom/words.ts';
import { Terminal, type TerminalHandle, type TerminalStatus } from '../terminal/Terminal.tsx';

const FONT = { usual: 13, least: 8 } as const;
/** Of the emulator, what stands beside its screen. */
const BESIDE_PX = 32;

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
  const { fontSize, width } = useFit(place, status.at === 'live' && !mayType);

  // Allowed: who asked wants to type.
  useEffect(() => {
    if (mayType) handle.current?.focus();
  }, [mayType]);

  return (
    <>
      <div ref={place} className="min-h-0 flex-1 overflow-x-auto overflow-y-hidden pt-2 pl-4">
        <div className="h-full min-w-full" style={{ width }}>
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

type Fit = { fontSize: number; width: number | undefined };
const USUAL: Fit = { fontSize: FONT.usual, width: undefined };

/**
 * The largest text at which the learner's screen fits into `place`, the usual one while `isFitted` is false. Where even
 * the smallest does not fit, the width in px that it takes.
 */
function useFit(place: RefObject<HTMLElement | null>, isFitted: boolean): Fit {
  const [fit, setFit] = useState(USUAL);
  useEffect(() => {
    const box = place.current;
    const screen = box?.querySelector<HTMLElement>('.xterm-screen');
    if (!isFitted || !box || !screen) return;
    const measure = () => {
      const { width, height } = screen.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      const share = Math.min((box.clientWidth - BESIDE_PX) / width, (box.clientHeight - 8) / height);
      setFit((now) => {
        const fitting = Math.min(FONT.usual, Math.floor(now.fontSize * share * 2) / 2);
        const next =
          fitting >= FONT.least
            ? { fontSize: fitting, width: undefined }
            : {
                fontSize: FONT.least,
                width: Math.ceil((width / now.fontSize) * FONT.least) + BESIDE_PX,
              };
        return next.fontSize === now.fontSize && next.width === now.width ? now : next;
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    observer.observe(screen);
    return () => observer.disconnect();
  }, [place, isFitted]);
  return isFitted ? fit : USUAL;
}
