/** The parts of the previews: tabs beside the terminals, one on the switch of a phone, the stage over the terminals. */
'use client';
import type { PreviewsView } from '#server/protocol/preview.ts';
import PortTabs from './PortTabs.tsx';
import { keyOf, type OpenPreviews, type PortKey } from './preview.ts';
import PreviewStage from './PreviewStage.tsx';

type PartsProps = {
  part: 'tabs' | 'switch' | 'stage';
  view: PreviewsView;
  previews: {
    open: OpenPreviews;
    front: PortKey | null;
    show: (port: PortKey | null) => void;
    close: (port: PortKey) => void;
  };
  machines: number;
  away?: boolean;
  onShow?: () => void;
};

export default function Parts({ part, view, previews, machines, away, onShow }: PartsProps) {
  const { open, show, close } = previews;
  const front = previews.front && !away ? keyOf(previews.front) : null;
  if (part === 'stage') return <PreviewStage previews={view} open={open} front={front} onClose={close} />;
  return (
    <PortTabs
      previews={view}
      open={open}
      front={front}
      manyMachines={machines > 1}
      single={part === 'switch'}
      onShow={(port) => {
        onShow?.();
        show(port);
      }}
    />
  );
}
