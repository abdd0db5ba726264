/** Over the terminal while the class is paused: what the instructor says. Nothing can be typed, and the focus comes back. */
'use client';
import { useEffect, useEffectEvent, useLayoutEffect } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { Notice } from '#app/_ui/Notice.tsx';
import { useInClassWords } from './words.ts';

type CurtainProps = {
  instructor: string;
  /** What they wrote to all, if they did. */
  sentence: string | null;
  isReading: boolean;
  onPaused: () => void;
};

export function PauseCurtain({ instructor, sentence, isReading, onPaused }: CurtainProps) {
  const t = useInClassWords();
  useHeldHands();
  // Once, when it falls.
  const onFall = useEffectEvent(onPaused);
  useEffect(() => onFall(), []);
  return (
    <section aria-label={t.paused} className={classes('class-curtain', isReading && 'max-wide:invisible')}>
      <Notice heading="h2" title={t.paused} text={sentence ?? fill(t.pausedText, { name: instructor })}>
        {sentence !== null && (
          <p className="text-sm text-ink-2">
            {instructor} · {t.pausedWaits}
          </p>
        )}
      </Notice>
    </section>
  );
}

/** Terminals take neither focus nor keys; who typed there goes on typing afterwards, unless they went elsewhere meanwhile. */
function useHeldHands(): void {
  useLayoutEffect(() => {
    const held = document.querySelector('[data-pane=terminal]')?.closest('section');
    const before = document.activeElement;
    held?.toggleAttribute('inert', true);
    return () => {
      held?.removeAttribute('inert');
      const isElsewhere = document.activeElement !== null && document.activeElement !== document.body;
      if (before instanceof HTMLElement && before.isConnected && held?.contains(before) && !isElsewhere)
        before.focus();
    };
  }, []);
}
