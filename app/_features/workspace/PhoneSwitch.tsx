/** On a phone one pane fills the screen: this switches between reading and the terminal. */
'use client';
import { BookOpen, Terminal } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

import { keyOf } from '../preview/preview.ts';
import type { WorkspaceState } from './state.ts';
import type { PreviewsHandle } from './use-previews.ts';

const PortTabs = lazy(() => import('../preview/PortTabs.tsx'));

export type Pane = 'read' | 'terminal';

type SwitchProps = {
  pane: Pane;
  onPane: (pane: Pane) => void;
  state: WorkspaceState;
  previews: PreviewsHandle;
};

export function PhoneSwitch({ pane, onPane, state, previews }: SwitchProps) {
  const { t } = useI18n();
  const { open, show } = previews;
  const front = pane === 'terminal' && previews.front ? keyOf(previews.front) : null;
  const panes = [
    { id: 'read', label: t.work.read, icon: <BookOpen /> },
    { id: 'terminal', label: t.work.terminal, icon: <Terminal /> },
  ] as const;
  return (
    <nav
      aria-label={t.work.panes}
      className="grid h-12 flex-none auto-cols-fr grid-flow-col border-b border-line wide:hidden"
    >
      {panes.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={pane === id && front === null}
          className="tab justify-center gap-2 text-md"
          onClick={() => {
            onPane(id);
            if (id === 'terminal') show(null);
          }}
        >
          {icon}
          {label}
        </button>
      ))}
      {state.previews && state.previews.ports.length + open.length > 0 && (
        <Suspense fallback={null}>
          <PortTabs
            single
            previews={state.previews}
            open={open}
            front={front}
            manyMachines={false}
            onShow={(port) => {
              onPane('terminal');
              show(port);
            }}
          />
        </Suspense>
      )}
    </nav>
  );
}
