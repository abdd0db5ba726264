/** Tokens by which other programs read this class's gradebook: made, shown once, removed. */
'use client';
import { useState, type FormEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { MadeToken, TokenView } from '#server/protocol/gradebook.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { classApi, TOKEN_API_PATH } from './class-api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Moment } from './Moment.tsx';
import { Section } from './Section.tsx';
import { useTroubles } from './trouble.ts';
import { useOrigin } from './use-browser.ts';
import { classWords } from './words.ts';

const TOKEN_NAME_MAX = 60;

export function Tokens({ id, tokens, now }: { id: string; tokens: TokenView[]; now: Date }) {
  const { locale } = useI18n();
  const t = classWords(locale);
  const { show } = useVoice();
  const [all, setAll] = useState(tokens);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [asking, setAsking] = useState<TokenView | null>(null);

  const remove = async (token: TokenView) => {
    await classApi.removeToken(id, token.id);
    setAll((before) => before.filter((one) => one.id !== token.id));
    if (made?.token.id === token.id) setMade(null);
    setAsking(null);
    show(fill(t.tokenRemoved, { name: token.name }));
  };

  return (
    <Section title={t.tokensTitle} text={t.tokensText}>
      <ul className="mt-2">
        {all.map((token) => (
          <li
            key={token.id}
            className="flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-line py-2 text-md first:border-0"
          >
            <span className="min-w-0 flex-1 wrap-anywhere">{token.name}</span>
            <span className="flex flex-wrap gap-x-4 text-sm text-ink-2">
              <Moment at={token.createdAt} now={now} sentence={t.tokenMade} />
              {token.lastUsedAt === null ? (
                <span>{t.tokenUnused}</span>
              ) : (
                <Moment at={token.lastUsedAt} now={now} sentence={t.tokenUsed} />
              )}
            </span>
            <Button
              kind="text"
              aria-label={`${t.tokenRemove}: ${token.name}`}
              onClick={() => setAsking(token)}
            >
              {t.tokenRemove}
            </Button>
          </li>
        ))}
      </ul>
      {made && <Secret made={made} onDone={() => setMade(null)} />}
      {all.length >= CLASS_LIMITS.tokens ? (
        <p className="mt-3 text-near">{fill(t.tokensFull, { most: CLASS_LIMITS.tokens })}</p>
      ) : (
        <MakeToken
          id={id}
          onMade={(fresh) => {
            setAll((before) => [...before, fresh.token]);
            setMade(fresh);
          }}
        />
      )}
      {asking && (
        <ConfirmDialog
          title={fill(t.tokenRemoveTitle, { name: asking.name })}
          confirm={t.tokenRemove}
          onConfirm={() => remove(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t.tokenRemoveText}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

/** Shown until it is put away: nobody can show it again. */
function Secret({ made: { token, secret }, onDone }: { made: MadeToken; onDone: () => void }) {
  const t = classWords(useI18n().locale);
  const origin = useOrigin();
  const call = `curl -H 'Authorization: Bearer ${secret}' ${origin}${TOKEN_API_PATH}`;
  return (
    <div
      role="status"
      className="mt-3 flex flex-col gap-3 border-l-2 border-near bg-near-wash px-4 py-3 text-md"
    >
      <p>
        <strong className="font-strong">{fill(t.tokenSecret, { name: token.name })}</strong> {t.tokenOnce}
      </p>
      <Line text={secret} testId="token-secret" />
      <p className="text-sm font-strong">{t.tokenCall}</p>
      <Line text={call} testId="token-call" />
      <p className="flex flex-wrap gap-2">
        <CopyButton kind="go" label={t.tokenCopy} text={secret} />
        <CopyButton label={t.tokenCallCopy} text={call} />
        <Button onClick={onDone}>{t.tokenDone}</Button>
      </p>
    </div>
  );
}

function Line({ text, testId }: { text: string; testId: string }) {
  return (
    <code data-testid={testId} className="text-mono-sm break-all text-ink select-all">
      {text}
    </code>
  );
}

function MakeToken({ id, onMade }: { id: string; onMade: (made: MadeToken) => void }) {
  const t = classWords(useI18n().locale);
  const inWords = useTroubles();
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const given = name.trim();
    if (given === '') return setError(t.tokenNeeded);
    setWorking(true);
    setError(null);
    try {
      onMade(await classApi.makeToken(id, given));
      setName('');
    } catch (refusal) {
      setError(inWords(refusal));
    }
    setWorking(false);
  };

  return (
    <form noValidate onSubmit={(event) => void make(event)} className="mt-3 flex max-w-96 flex-col gap-3">
      <Field
        label={t.tokenName}
        placeholder={t.tokenExample}
        maxLength={TOKEN_NAME_MAX}
        autoComplete="off"
        error={error}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <p>
        <Button type="submit" aria-disabled={working}>
          {working ? t.working : t.tokenMake}
        </Button>
      </p>
    </form>
  );
}
