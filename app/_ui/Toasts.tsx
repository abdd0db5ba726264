/** Short words at the foot of the page, and the quiet voice for screen readers: each said once, politely. */
'use client';
import { X } from 'lucide-react';
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { IconButton } from './IconButton.tsx';

type Toast = { id: number; text: string; kind: 'plain' | 'near' | 'fail' };
type Voice = {
  /** Shows words for a few seconds; `fail` stays until closed. */
  show: (text: string, kind?: Toast['kind']) => void;
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
  const { t } = useI18n();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const [said, setSaid] = useState('');
  const nextId = useRef(1);

  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<Voice['show']>(
    (text, kind = 'plain') => {
      const id = nextId.current++;
      setToasts((all) => [...all.filter((toast) => toast.text !== text), { id, text, kind }].slice(-MOST));
      if (kind !== 'fail') setTimeout(() => drop(id), SHOWN_MS);
    },
    [drop],
  );
  const voice = useMemo<Voice>(() => ({ show, say: setSaid }), [show]);

  return (
    <Context value={voice}>
      {children}
      <div role="status" aria-live="polite" className="toasts">
        {toasts.map((toast) => (
          <div key={toast.id} className="toast" data-kind={toast.kind}>
            <span>{toast.text}</span>
            <IconButton label={t.ui.close} className="-my-1 -mr-2" onClick={() => drop(toast.id)}>
              <X />
            </IconButton>
          </div>
        ))}
      </div>
      <div aria-live="polite" className="sr-only">
        {said}
      </div>
    </Context>
  );
}
