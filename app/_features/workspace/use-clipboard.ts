/** Copy and paste by button, with words where the browser or the selection does not allow it. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { useIsMac } from '../shell/keyboard.ts';
import type { TerminalsHandle } from './use-terminals.ts';

export function useClipboard(terminals: TerminalsHandle) {
  const { t } = useI18n();
  const { show, say } = useVoice();
  const isMac = useIsMac();

  const copy = async () => {
    if (await terminals.active()?.copy()) say(t.lesson.copied);
    else show(t.work.nothingSelected);
    terminals.active()?.focus();
  };

  const paste = async () => {
    const pasted = await terminals.active()?.paste();
    if (!pasted) show(fill(t.work.pasteDenied, { keys: isMac ? '⌘V' : 'Ctrl+Shift+V' }), 'near');
    terminals.active()?.focus();
  };

  return { copy, paste };
}
