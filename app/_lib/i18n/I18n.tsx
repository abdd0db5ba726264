/** Hands the page's language and words to client components; only one language's words travel. */
'use client';
import { createContext, use, type ReactNode } from 'react';
import type { Dictionary } from './en.ts';
import type { Locale } from './locale.ts';

type Value = { locale: Locale; t: Dictionary };

const Context = createContext<Value | null>(null);

export function I18nProvider({ locale, t, children }: Value & { children: ReactNode }) {
  return <Context value={{ locale, t }}>{children}</Context>;
}

export function useI18n(): Value {
  const value = use(Context);
  if (!value) throw new Error('invariant: useI18n outside of I18nProvider');
  return value;
}
