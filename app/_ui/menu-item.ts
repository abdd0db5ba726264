/** What can stand in a menu. */
import type { ReactNode } from 'react';

export type MenuItem =
  | {
      kind: 'action';
      label: string;
      icon?: ReactNode;
      keys?: string;
      onSelect: () => void;
      disabled?: boolean;
    }
  | { kind: 'choice'; label: string; chosen: boolean; onSelect: () => void }
  | { kind: 'link'; label: string; icon?: ReactNode; href: string }
  | { kind: 'note'; label: string; detail?: string }
  | { kind: 'line' };
