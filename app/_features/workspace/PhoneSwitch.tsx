/** On a phone one pane fills the screen: this switches between reading and the terminal. */
'use client';
import { BookOpen, Terminal } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { PreviewPart } from './PreviewPart.tsx';
import type { WorkspaceState } from './state.ts';
import type { PreviewsHandle } from './use-previews.ts';

export type Pane = 'read' | 'terminal';

type SwitchProps = {
  pane: Pane;
  onPane: (pane: Pane) => void;
  state: WorkspaceState;
  previews: PreviewsHandle;
};

export function PhoneSwitch({ pane, onPane, state, previews }: SwitchProps) {
  const { t } = useI18n();
  const shown = pane === 'terminal' && previews.front !== null;
  const panes = [
    { id: 'read', label: t.work.read, icon: <BookOpen /> },
    { id: 'terminal', label: t.work.terminal, icon: <Terminal /> },
  ] as const;
  return (
    <nav aria-label={t.work.panes} className="grid h-full auto-cols-fr grid-flow-col">
      {panes.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={pane === id && !shown}
          className="tab justify-center gap-2 text-md"
          onClick={() => {
            onPane(id);
            if (id === 'terminal') previews.show(null);
          }}
        >
          {icon}
          {label}
        </button>
      ))}
      <PreviewPart
        part="switch"
        state={state}
        previews={previews}
        away={pane === 'read'}
        onShow={() => onPane('terminal')}
      />
    </nav>
  );
}
