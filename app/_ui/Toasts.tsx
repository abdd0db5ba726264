/** Short words at the foot of the page, and the quiet voice for screen readers: each said once, politely. */
'use client';
import {
  createContext,
  lazy,
  Suspense,
  use,
  useCallback,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import type { Toast } from './ToastList.tsx';

// Most visits end without any; and what they say may be that nothing can be fetched.
const ToastList = lazy(() => import('./ToastList.tsx').catch(() => ({ default: BareList })));

type Voice = {
  /** Shows words for a few seconds; `fail`, and what offers to do something, stays. The answer takes them away. */
  show: (text: string, kind?: Toast['kind'], action?: Toast['action']) => () => void;
  /** Says words to screen readers only. */
  say: (text: string) => void;
};

const SHOWN_MS = 6_000;
/** More at once would cover the page; the oldest goes. */
const MOST = 3;

const Context = createContext<Voice | null>(null);

export function useVoice(): Voice {
  const voice = use(Context);
  if (!voice) throw new Error('invariant: useVoice outside of Toasts');
  return voice;
}

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const [said, setSaid] = useState('');
  const nextId = useRef(1);

  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<Voice['show']>(
    (text, kind = 'plain', action) => {
      const id = nextId.current++;
      setToasts((all) =>
        [...all.filter((toast) => toast.text !== text), { id, text, kind, action }].slice(-MOST),
      );
      const gone = () => drop(id);
      if (kind !== 'fail' && !action) setTimeout(gone, SHOWN_MS);
      return gone;
    },
    [drop],
  );
  const voice = useMemo<Voice>(() => ({ show, say: setSaid }), [show]);

  return (
    <Context value={voice}>
      {children}
      <div role="status" aria-live="polite" className="toasts">
        {toasts.length > 0 && (
          <Suspense fallback={null}>
            <ToastList toasts={toasts} drop={drop} />
          </Suspense>
        )}
      </div>
      <div aria-live="polite" className="sr-only">
        {said}
      </div>
    </Context>
  );
}

function BareList({ toasts }: { toasts: Toast[] }) {
  return toasts.map(({ id, text }) => (
    <div key={id} className="toast">
      {text}
    </div>
  ));
}
