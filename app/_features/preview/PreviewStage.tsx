/** What ports serve, each in a frame that keeps it apart from this page; those behind the front one go on unseen. */
'use client';
import { ArrowUpRight, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { PreviewsView } from '#server/protocol/preview.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { IconButton, TOOL } from '#app/_ui/IconButton.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { addressOf, isIsolated, keyOf, type OpenPreviews, pathOf, type Place } from './preview.ts';

/** No way to move this page; its own origin only where that is not ours. */
const MAY =
  'allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';

export type StageProps = {
  previews: PreviewsView;
  open: OpenPreviews;
  /** Key of the one that is shown; null: all are behind. */
  front: string | null;
  onClose: (place: Place) => void;
};

export default function PreviewStage({ previews, open, front, onClose }: StageProps) {
  return open.map((place) => (
    <div
      key={keyOf(place)}
      data-preview={keyOf(place)}
      className={classes('absolute inset-0 flex flex-col bg-panel', keyOf(place) !== front && 'invisible')}
    >
      {/* Another path asked for from outside begins anew. */}
      <Preview key={place.path} place={place} previews={previews} onClose={() => onClose(place)} />
    </div>
  ));
}

type PreviewProps = { place: Place; previews: PreviewsView; onClose: () => void };

function Preview({ place, previews, onClose }: PreviewProps) {
  const { t } = useI18n();
  const [path, setPath] = useState(place.path);
  const [typed, setTyped] = useState(place.path);
  /** Each loading is a frame of its own: of one that another origin fills, nothing can be asked. */
  const [loading, setLoading] = useState(0);
  const [loaded, setLoaded] = useState(-1);
  const address = addressOf(previews, place) + path;
  const go = (to: string) => {
    setPath(to);
    setTyped(to);
    setLoading((count) => count + 1);
  };

  return (
    <>
      <form
        className="flex h-(--bar-pane) flex-none items-center gap-1 border-b border-line pr-2 pl-2 pointer-coarse:h-12"
        onSubmit={(event) => {
          event.preventDefault();
          go(pathOf(typed));
        }}
      >
        <IconButton label={t.preview.reload} onClick={() => go(path)}>
          <RotateCw />
        </IconButton>
        <label className="flex h-7 min-w-0 flex-1 items-center rounded-touch border border-line-ui bg-paper px-2 font-mono text-sm focus-within:outline-2 focus-within:outline-accent pointer-coarse:h-9">
          <span className="flex-none text-ink-3">{keyOf(place)}</span>
          <input
            value={typed}
            aria-label={fill(t.preview.path, place)}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            enterKeyHint="go"
            className="min-w-0 flex-1 bg-transparent outline-none"
            onChange={(event) => setTyped(event.target.value)}
            onFocus={(event) => event.target.select()}
          />
        </label>
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={t.preview.apart}
          data-tip={t.preview.apart}
          className={TOOL}
        >
          <ArrowUpRight />
        </a>
        <IconButton label={fill(t.preview.close, place)} onClick={onClose}>
          <X />
        </IconButton>
      </form>
      <div className="relative min-h-0 flex-1">
        <iframe
          key={loading}
          src={address}
          title={fill(t.preview.frame, place)}
          sandbox={isIsolated(previews) ? `${MAY} allow-same-origin` : MAY}
          referrerPolicy="no-referrer"
          className="size-full border-0"
          onLoad={() => setLoaded(loading)}
        />
        {loaded !== loading && (
          <div className="after-300ms absolute inset-x-0 top-6 flex justify-center">
            <Progress label={t.preview.loading} />
          </div>
        )}
      </div>
    </>
  );
}
