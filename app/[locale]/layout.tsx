/** The frame of every page: language, theme before the first paint, fonts, tips and toasts. */
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { dictionary } from '#app/_lib/i18n/dictionaries.ts';
import { I18nProvider } from '#app/_lib/i18n/I18n.tsx';
import { isLocale, LANGUAGE_TAG, type Locale } from '#app/_lib/i18n/locale.ts';
import { parseTheme, THEME_COOKIE, THEME_SCRIPT } from '#app/_lib/preferences.ts';
import { jetbrainsMono, sourceSans } from '#app/_ui/fonts.ts';
import { Toasts } from '#app/_ui/Toasts.tsx';
import { TooltipsSoon } from '#app/_ui/TooltipsSoon.tsx';
import '../globals.css';

type LayoutProps = { children: ReactNode; params: Promise<{ locale: string }> };

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  interactiveWidget: 'resizes-content',
};

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const t = dictionary(await localeOf(params));
  return { title: { default: t.brand, template: `%s · ${t.brand}` }, description: t.tagline };
}

export default async function Layout({ children, params }: LayoutProps) {
  const locale = await localeOf(params);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  // The gateway's content policy runs no inline script without the request's own nonce.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html
      lang={LANGUAGE_TAG[locale]}
      data-theme={theme === 'system' ? 'light' : theme}
      data-theme-choice={theme}
      className={`${sourceSans.variable} ${jetbrainsMono.variable}`}
      // The script below may have turned it dark before React looks.
      suppressHydrationWarning
    >
      <body>
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} suppressHydrationWarning />
        <I18nProvider locale={locale} t={dictionary(locale)}>
          <Toasts>{children}</Toasts>
        </I18nProvider>
        <TooltipsSoon />
      </body>
    </html>
  );
}

/** An unknown language gets its "no such page" in English. */
async function localeOf(params: Promise<{ locale: string }>): Promise<Locale> {
  const { locale } = await params;
  return isLocale(locale) ? locale : 'en';
}
