/** Copies a text, and says whether it did. */
'use client';
import { Check, Copy, Link } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { classWords } from './words.ts';

type CopyProps = { label: string; text: string; kind?: 'plain' | 'go'; icon?: 'copy' | 'link' };

export function CopyButton({ label, text, kind = 'plain', icon = 'copy' }: CopyProps) {
  const t = classWords(useI18n().locale);
  const { show, say } = useVoice();
  const [done, setDone] = useState(false);
  const Icon = done ? Check : icon === 'link' ? Link : Copy;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
      say(t.copied);
    } catch {
      show(t.copyFailed, 'near');
    }
  };

  return (
    <Button kind={kind} onClick={() => void copy()} onBlur={() => setDone(false)}>
      <Icon />
      {label}
    </Button>
  );
}
