/** A tab for each port that is published or open: shows it in the page, or in a tab of the browser. */
'use client';
import { AppWindow, ArrowUpRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { PreviewsView } from '#server/protocol/preview.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { addressOf, keyOf, type OpenPreviews, type PortKey, tabsOf } from './preview.ts';

export type PortTabsProps = {
  previews: PreviewsView;
  open: OpenPreviews;
  /** Key of the one that is shown. */
  front: string | null;
  manyMachines: boolean;
  onShow: (port: PortKey) => void;
  /** On the switch of a phone there is room for one. */
  single?: boolean;
};

export default function PortTabs(props: PortTabsProps) {
  const { previews, open, front, single } = props;
  const { t } = useI18n();
  const tabs = tabsOf(previews.ports, open);
  if (single) return <SwitchButton {...props} tabs={tabs} />;
  return (
    <nav
      aria-label={t.preview.ports}
      className="tab-list flex max-w-1/2 flex-none items-stretch gap-4 overflow-x-auto pl-2"
    >
      <News previews={previews} />
      {tabs.map((tab) => (
        <PortTab key={keyOf(tab)} {...props} tab={tab} isFront={keyOf(tab) === front} />
      ))}
    </nav>
  );
}

function PortTab({
  previews,
  manyMachines,
  onShow,
  tab,
  isFront,
}: PortTabsProps & { tab: PortKey; isFront: boolean }) {
  const { t } = useI18n();
  const container = previews.ports.find((port) => keyOf(port) === keyOf(tab))?.container;
  return (
    <span className="flex flex-none items-stretch">
      <button
        type="button"
        className="tab"
        aria-pressed={isFront}
        aria-label={fill(t.preview.show, tab)}
        data-tip={container ? fill(t.preview.of, { container }) : t.preview.unpublished}
        onClick={() => onShow(tab)}
      >
        <AppWindow className={previews.ports.length > 1 ? 'max-narrow:hidden' : undefined} />
        <span>
          {!manyMachines && <span className="max-narrow:hidden">{t.preview.port} </span>}
          {manyMachines ? keyOf(tab) : tab.port}
        </span>
      </button>
      <a
        href={`${addressOf(previews, tab)}/`}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={fill(t.preview.showApart, tab)}
        data-tip={t.preview.apart}
        // A phone has no room for two: the same stands above what the port serves.
        className="flex min-w-6 items-center justify-center text-ink-3 hover:text-ink max-narrow:hidden"
      >
        <ArrowUpRight className="size-3.5!" />
      </a>
    </span>
  );
}

function SwitchButton({ tabs, front, onShow }: PortTabsProps & { tabs: PortKey[] }) {
  const { t } = useI18n();
  const shown = tabs.find((tab) => keyOf(tab) === front) ?? tabs[0];
  if (!shown) return null;
  return (
    <button
      type="button"
      aria-pressed={front !== null}
      aria-label={fill(t.preview.show, shown)}
      className="tab justify-center gap-2 text-md"
      onClick={() => onShow(shown)}
    >
      <AppWindow />
      {shown.port}
      {tabs.length > 1 && <span className="text-ink-3">+{tabs.length - 1}</span>}
    </button>
  );
}

/** Who cannot see the tab come is told. */
function News({ previews: { ports } }: { previews: PreviewsView }) {
  const { t } = useI18n();
  const { say } = useVoice();
  const known = useRef(new Set<string>());
  useEffect(() => {
    const fresh = ports.filter((port) => !known.current.has(keyOf(port)));
    known.current = new Set(ports.map(keyOf));
    for (const port of fresh) say(fill(t.preview.published, { port: port.port, machine: port.machine }));
  }, [ports, say, t]);
  return null;
}
