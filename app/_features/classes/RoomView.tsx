/** The code as large as the screen: what a projector shows to a room. Escape closes it. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { useOrigin } from './use-browser.ts';
import { classWords } from './words.ts';

export function RoomView({ name, code, onClose }: { name: string; code: string; onClose: () => void }) {
  const t = classWords(useI18n().locale);
  const address = `${useOrigin().replace(/^https?:\/\//, '')}/join`;
  return (
    <Dialog title={name} onClose={onClose} className="room">
      <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-[4vh] p-6 text-center">
        <p className="room-line">{fill(t.roomText, { address })}</p>
        <p className="room-code font-mono font-strong">{code}</p>
      </div>
    </Dialog>
  );
}
