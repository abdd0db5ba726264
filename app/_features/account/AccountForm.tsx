/** Sign in, or make an account; a guest's work comes along. */
'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { IconButton } from '#app/_ui/IconButton.tsx';
import type { Me } from '#server/protocol/account.ts';
import { PASSWORD_MIN } from '#server/protocol/numbers.ts';
import { checkForm, explainRefusal, type AccountForm as Form, type FieldErrors, type Mode } from './form.ts';

const EMPTY: Form = { name: '', email: '', password: '' };

type AccountFormProps = {
  me: Me;
  /** Where it leads, signed in or not. */
  next: string;
};

export function AccountForm({ me, next }: AccountFormProps) {
  const { t } = useI18n();
  const guest = me.user?.role === 'guest';
  // A guest with work to keep, and the very first visitor, are here to make an account.
  const [mode, setMode] = useState<Mode>(guest || me.firstAccount ? 'sign-up' : 'sign-in');
  const [values, setValues] = useState(EMPTY);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isNew = mode === 'sign-up';

  const tell = (found: FieldErrors) => {
    setErrors(found);
    const first = Object.keys(EMPTY).find((field) => field in found);
    form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setRefusal(null);
    const found = checkForm(values, mode, t);
    if (Object.keys(found).length > 0) return tell(found);
    setErrors({});
    setSending(true);
    try {
      const email = values.email.trim();
      const { password } = values;
      if (isNew) await api.signUp({ name: values.name.trim(), email, password });
      else await api.signIn({ email, password });
      location.assign(next);
    } catch (error) {
      const { field, text } = explainRefusal(error instanceof ApiError ? error : null, mode, t);
      if (field) tell({ [field]: text });
      else setRefusal(text);
      setSending(false);
    }
  };

  const bind = (field: keyof Form) => ({
    name: field,
    value: values[field],
    error: errors[field],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  });

  return (
    <div className="flex w-full max-w-96 flex-col gap-5">
      <h1 className="text-xl font-strong">{isNew ? t.account.signUpTitle : t.account.signInTitle}</h1>
      {me.firstAccount && isNew && <Callout kind="near">{t.account.firstAccount}</Callout>}
      {guest && <p className="text-md text-ink-2">{t.account.guestKeeps}</p>}
      <form ref={form} noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
        {isNew && <Field label={t.account.name} autoComplete="name" {...bind('name')} />}
        <Field label={t.account.email} type="email" autoComplete="email" {...bind('email')} />
        <PasswordField isNew={isNew} {...bind('password')} />
        {refusal && (
          <Callout kind="fail" role="alert">
            {refusal}
          </Callout>
        )}
        <Button type="submit" kind="go" className="h-10!" aria-disabled={sending}>
          {sending ? t.account.working : isNew ? t.account.submitSignUp : t.account.submitSignIn}
        </Button>
      </form>
      <p className="flex flex-wrap items-center gap-x-1 border-t border-line pt-4 text-ink-2">
        {isNew ? t.account.haveAccount : t.account.noAccount}
        <Button
          kind="text"
          onClick={() => {
            setMode(isNew ? 'sign-in' : 'sign-up');
            setErrors({});
            setRefusal(null);
          }}
        >
          {isNew ? t.account.signInTitle : t.account.signUpTitle}
        </Button>
        <a href={next} className="ml-auto">
          {t.account.goOnGuest}
        </a>
      </p>
    </div>
  );
}

type PasswordProps = {
  isNew: boolean;
  name: string;
  value: string;
  error?: string;
  onChange: (event: { target: { value: string } }) => void;
};

function PasswordField({ isNew, ...rest }: PasswordProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={t.account.password}
      type={shown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      rule={isNew ? fill(t.account.passwordRule, { min: PASSWORD_MIN }) : undefined}
      after={
        <IconButton
          label={shown ? t.account.hidePassword : t.account.showPassword}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      }
      {...rest}
    />
  );
}
