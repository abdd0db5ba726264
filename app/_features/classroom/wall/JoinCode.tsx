/** The code to join by, and its link to copy; large where nobody is here yet. */
'use client';
import { Link2 } from 'lucide-react';
import { fill } from '#app/_lib/i18n/words.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import { useWallWords } from '../words.ts';

export function JoinCode({ view, settings }: { view: ClassView; settings: string }) {
  const { w } = useWallWords();
  if (!view.code)
    return (
      <p className="text-ink-3">
        {w.noCode}{' '}
        <a href={settings} className="underline underline-offset-3">
          {w.makeCode}
        </a>
      </p>
    );
  return (
    <p className="flex items-center gap-2">
      <span className="text-ink-3">{w.joinCode}</span>
      <b className="font-mono text-md font-strong tracking-wider">{view.code.code}</b>
      <CopyLink code={view.code.code} />
    </p>
  );
}

export function CopyLink({ code }: { code: string }) {
  const { w } = useWallWords();
  const { show } = useVoice();
  const copy = async () => {
    const link = `${location.origin}/join/${code}`;
    try {
      await navigator.clipboard.writeText(link);
      show(w.copied);
    } catch {
      // Without https the browser has no clipboard: then the link itself is of use.
      show(fill(w.copyFailed, { link }), 'near');
    }
  };
  return (
    <IconButton label={w.copyLink} onClick={() => void copy()}>
      <Link2 />
    </IconButton>
  );
}
