/** A field for a join code, typed in any case, with or without the hyphen. */
'use client';
import { useRef, useState, type FormEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { readCode } from './join-code.ts';
import { joinWords } from './words.ts';

type CodeFormProps = { label?: string; kind?: 'plain' | 'go' };

export function CodeForm({ label, kind = 'plain' }: CodeFormProps) {
  const { locale } = useI18n();
  const t = joinWords(locale);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const go = (event: FormEvent) => {
    event.preventDefault();
    const code = readCode(typed);
    if (code) return location.assign(`/${locale}/join/${code}`);
    setError(typed.trim() === '' ? t.codeNeeded : fill(t.codeWrong, { example: t.codeExample }));
    form.current?.querySelector('input')?.focus();
  };

  return (
    <form ref={form} noValidate onSubmit={go} className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field
          label={label ?? t.code}
          placeholder={t.codeExample}
          error={error}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={20}
          className="font-mono tracking-wider uppercase"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {/* Beside the input, below its label. */}
      <Button type="submit" kind={kind} className="mt-6 h-10!">
        {t.goOn}
      </Button>
    </form>
  );
}
