/** Loads what only who teaches a class may see: others get "no such page", and who is not signed in the way to do it. */
import { notFound, redirect } from 'next/navigation';
import type { Locale } from '../i18n/locale.ts';
import { ApiError } from './api-error.ts';

export async function taught<T>(locale: Locale, load: () => Promise<T>): Promise<T> {
  let refusal: string;
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refusal = error.code;
    if (!['not_found', 'bad_request', 'not_allowed', 'not_signed_in'].includes(refusal)) throw error;
  }
  if (refusal === 'not_signed_in') redirect(`/${locale}/sign-in`);
  notFound();
}
