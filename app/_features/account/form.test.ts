import { expect, test } from 'vitest';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { dictionary } from '#app/_lib/i18n/dictionaries.ts';
import { checkForm, explainRefusal } from './form.ts';

const t = dictionary('en');
const good = { name: 'Lin Tao', email: 'lin@example.org', password: 'correct horse' };

test('a good form has nothing to say', () => {
  expect(checkForm(good, 'sign-up', t)).toEqual({});
  expect(checkForm({ ...good, name: '', password: 'short' }, 'sign-in', t)).toEqual({});
});

test('each slip is told at its field', () => {
  expect(checkForm({ name: ' ', email: 'lin@example', password: 'short' }, 'sign-up', t)).toEqual({
    name: t.account.nameNeeded,
    email: t.account.emailWrong,
    password: 'The password needs at least 8 characters.',
  });
  expect(checkForm({ ...good, name: 'x'.repeat(61), password: 'x'.repeat(129) }, 'sign-up', t)).toEqual({
    name: 'At most 60 characters, please.',
    password: 'The password may have at most 128 characters.',
  });
  expect(checkForm({ ...good, password: '' }, 'sign-in', t)).toEqual({ password: t.account.passwordNeeded });
});

test('a refusal is told in words, at its field where it has one', () => {
  const refused = (hint?: string) => new ApiError('not_allowed', '', { hint });
  expect(explainRefusal(refused('INVALID_EMAIL_OR_PASSWORD'), 'sign-in', t).text).toBe(t.account.wrong);
  const taken = new ApiError('bad_request', '', { hint: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' });
  expect(explainRefusal(taken, 'sign-up', t)).toEqual({ field: 'email', text: t.account.taken });
  expect(explainRefusal(new ApiError('too_many_requests', ''), 'sign-in', t).text).toBe(t.account.tooMany);
  expect(explainRefusal(new ApiError('offline', ''), 'sign-in', t).text).toBe(t.account.offline);
  expect(explainRefusal(null, 'sign-up', t).text).toBe(t.account.failed);
});
