/** What a sign-in or sign-up form says before and after it is sent; pure. */
import type { ApiError } from '#app/_lib/api/api-error.ts';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { NAME_MAX, PASSWORD_MAX, PASSWORD_MIN } from '#server/protocol/numbers.ts';

export type AccountForm = { name: string; email: string; password: string };
export type FieldErrors = Partial<Record<keyof AccountForm, string>>;
export type Mode = 'sign-in' | 'sign-up';

/** The server's own check is stricter about the domain; this one catches slips of the finger. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function checkForm(form: AccountForm, mode: Mode, t: Dictionary): FieldErrors {
  const { account } = t;
  const errors: FieldErrors = {};
  const name = form.name.trim();
  if (mode === 'sign-up' && name === '') errors.name = account.nameNeeded;
  if (mode === 'sign-up' && name.length > NAME_MAX) errors.name = fill(account.nameLong, { max: NAME_MAX });
  if (!EMAIL.test(form.email.trim())) errors.email = account.emailWrong;
  if (form.password === '') errors.password = account.passwordNeeded;
  else if (mode === 'sign-up' && form.password.length < PASSWORD_MIN)
    errors.password = fill(account.passwordShort, { min: PASSWORD_MIN });
  if (form.password.length > PASSWORD_MAX)
    errors.password = fill(account.passwordLong, { max: PASSWORD_MAX });
  return errors;
}

/** A refusal in words; `field` is where it belongs. */
export function explainRefusal(
  error: ApiError | null,
  mode: Mode,
  t: Dictionary,
): { field: keyof AccountForm | null; text: string } {
  const { account } = t;
  if (error?.code === 'offline') return { field: null, text: account.offline };
  if (error?.code === 'too_many_requests') return { field: null, text: account.tooMany };
  if (error?.hint?.startsWith('USER_ALREADY_EXISTS')) return { field: 'email', text: account.taken };
  if (error?.hint === 'INVALID_EMAIL') return { field: 'email', text: account.emailWrong };
  const refused = error?.code === 'not_allowed' || error?.code === 'not_signed_in';
  if (mode === 'sign-in' && refused) return { field: null, text: account.wrong };
  return { field: null, text: account.failed };
}
