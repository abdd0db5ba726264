/** On a phone one pane fills the screen: this switches between reading and the terminal. */
'use client';
import { BookOpen, Terminal } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

export type Pane = 'read' | 'terminal';

type SwitchProps = { pane: Pane; onPane: (pane: Pane) => void };

export function PhoneSwitch({ pane, onPane }: SwitchProps) {
  const { t } = useI18n();
  const panes = [
    { id: 'read', label: t.work.read, icon: <BookOpen /> },
    { id: 'terminal', label: t.work.terminal, icon: <Terminal /> },
  ] as const;
  return (
    <nav
      aria-label={t.work.panes}
      className="grid h-12 flex-none grid-cols-2 border-b border-line wide:hidden"
    >
      {panes.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={pane === id}
          className="tab justify-center gap-2 text-md"
          onClick={() => onPane(id)}
        >
          {icon}
          {label}
        </button>
      ))}
    </nav>
  );
}
