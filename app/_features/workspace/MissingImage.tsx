/** What to pull instead of an image that nobody has: the house's own, the nearest first. */
'use client';
import { Copy, Download, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HeldImage } from '#server/protocol/catalog.ts';
import { api } from '#app/_lib/api/browser.ts';
import { formatBytes } from '#app/_lib/sizes.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { MissingImage as Missing } from './state.ts';
import type { TerminalsHandle } from './use-terminals.ts';

type PanelProps = { missing: Missing; terminals: TerminalsHandle };

export function MissingImage({ missing, terminals }: PanelProps) {
  const [closed, setClosed] = useState<Missing | null>(null);
  const onClose = () => setClosed(missing);
  const { t, locale } = useI18n();
  const { say, show } = useVoice();
  const [images, setImages] = useState<readonly HeldImage[]>([]);

  useEffect(() => {
    let isGone = false;
    api.catalog(locale, missing.image).then(
      (held) => isGone || setImages(held),
      // The sentence above the list is of use without it.
      () => isGone || setImages([]),
    );
    return () => {
      isGone = true;
    };
  }, [locale, missing.image]);

  const pull = (repository: string) => {
    const terminal = terminals.on(missing.machine);
    if (terminal?.run(`docker pull ${repository}`)) {
      say(t.lesson.ran);
      onClose();
    } else show(t.lesson.busy, 'near');
    terminal?.focus();
  };

  if (missing === closed) return null;
  return (
    <aside
      aria-label={t.missing.label}
      className="flex max-h-2/5 flex-none flex-col border-b border-line bg-panel"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="flex flex-none items-start gap-2 bg-near-wash py-1 pr-2 pl-4">
        <p role="status" className="flex-1 self-center">
          <span className="font-strong">{fill(t.missing.title, { image: missing.image })}</span>{' '}
          {images.length > 0 && t.missing.text}
        </p>
        <IconButton label={t.ui.close} onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <ul className="min-h-0 overflow-auto" tabIndex={0}>
        {images.map((image) => (
          <Row key={image.repository} image={image} onPull={() => pull(image.repository)} />
        ))}
      </ul>
    </aside>
  );
}

function Row({ image, onPull }: { image: HeldImage; onPull: () => void }) {
  const { t } = useI18n();
  const { show } = useVoice();
  const { repository, tags, description, sizeBytes } = image;

  const copy = () =>
    navigator.clipboard.writeText(repository).then(
      () => show(t.lesson.copied),
      () => show(t.account.failed, 'near'),
    );

  return (
    <li className="flex items-center gap-1 border-b border-line py-1 pr-2 pl-4 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="truncate">
          <code className="mr-2 font-strong">{repository}</code>
          <span className="text-ink-2">{description}</span>
        </p>
        <p className="truncate text-sm text-ink-2">
          {formatBytes(sizeBytes)} · {tags.join(', ')}
        </p>
      </div>
      <IconButton label={fill(t.missing.pull, { image: repository })} onClick={onPull}>
        <Download />
      </IconButton>
      <IconButton label={fill(t.missing.copy, { image: repository })} onClick={() => void copy()}>
        <Copy />
      </IconButton>
    </li>
  );
}
