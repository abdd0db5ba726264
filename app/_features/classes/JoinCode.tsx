/** How learners come in: the code and its link, its bounds, a big view for the room, a new one, and taking it back. */
'use client';
import { Maximize2 } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { ClassView, JoinCodeView } from '#server/protocol/classes.ts';
import { classApi } from './class-api.ts';
import { CodeTerms } from './CodeTerms.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Moment } from './Moment.tsx';
import { RoomView } from './RoomView.tsx';
import { Section } from './Section.tsx';
import { useOrigin } from './use-browser.ts';
import { classWords } from './words.ts';

type JoinCodeProps = { id: string; name: string; code: JoinCodeView | null; now: Date };

export function JoinCode({ id, name, code: first, now }: JoinCodeProps) {
  const t = classWords(useI18n().locale);
  const { show } = useVoice();
  const [code, setCode] = useState(first);
  const [open, setOpen] = useState<'room' | 'terms' | 'drop' | null>(null);

  const take = ({ code: next }: ClassView, words: string) => {
    setCode(next);
    setOpen(null);
    show(words);
  };

  return (
    <Section id="join" title={t.joinTitle} text={code ? t.joinText : t.joinNone}>
      {code && <Code code={code} now={now} />}
      <p className="mt-4 flex flex-wrap gap-2">
        {code && (
          <Button onClick={() => setOpen('room')}>
            <Maximize2 />
            {t.room}
          </Button>
        )}
        <Button kind={code ? 'plain' : 'go'} onClick={() => setOpen('terms')}>
          {code ? t.newCode : t.makeCode}
        </Button>
        {code && <Button onClick={() => setOpen('drop')}>{t.dropCode}</Button>}
      </p>
      {open === 'room' && code && <RoomView name={name} code={code.code} onClose={() => setOpen(null)} />}
      {open === 'terms' && (
        <CodeTerms
          replaces={code !== null}
          make={async (terms) => take(await classApi.makeCode(id, terms), t.codeMade)}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'drop' && code && (
        <ConfirmDialog
          title={t.dropTitle}
          confirm={t.dropDo}
          onConfirm={async () => take(await classApi.dropCode(id), t.dropped)}
          onClose={() => setOpen(null)}
        >
          <p>{fill(t.dropText, { code: code.code })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function Code({ code: { code, uses, maxUses, expiresAt }, now }: { code: JoinCodeView; now: Date }) {
  const { locale } = useI18n();
  const t = classWords(locale);
  const origin = useOrigin();
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-8 gap-y-3">
      <p className="font-mono text-xl font-strong tracking-wider">{code}</p>
      <p className="flex flex-wrap gap-2">
        <CopyButton label={t.copyLink} text={`${origin}/join/${code}`} kind="go" icon="link" />
        <CopyButton label={t.copyCode} text={code} />
      </p>
      <p className="flex flex-wrap gap-x-4 text-md text-ink-2">
        <span>
          {maxUses === null ? count(locale, t.used, uses) : fill(t.usedOf, { used: uses, most: maxUses })}
        </span>
        {expiresAt === null ? (
          <span>{t.forever}</span>
        ) : (
          <Moment at={expiresAt} now={now} sentence={t.until} />
        )}
      </p>
    </div>
  );
}
