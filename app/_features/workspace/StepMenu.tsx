/** What can be done about a step beside reading it: go back, or have its beginning. */
'use client';
import { Ellipsis } from 'lucide-react';
import type { History } from '#server/protocol/history.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Menu } from '#app/_ui/Menu.tsx';
import type { MenuItem } from '#app/_ui/menu-item.ts';
import type { Ask } from '../history/history.ts';

export type PastOfStep = {
  history: History | null;
  brought: number;
  onAsk: (what: Ask) => void;
};

type StepMenuProps = { step: string; index: number; past: PastOfStep };

export function StepMenu({ step, index, past }: StepMenuProps) {
  const { t } = useI18n();
  const item = (label: string, onSelect: () => void): MenuItem => ({ kind: 'action', label, onSelect });
  return (
    <Menu
      label={t.past.step}
      className="-my-1.5 -mr-2"
      items={[
        item(t.past.goBack, () => past.onAsk('timeline')),
        ...(past.history?.startable.includes(step) ? [item(t.past.startHere, () => past.onAsk(index))] : []),
      ]}
    >
      <Ellipsis />
    </Menu>
  );
}
