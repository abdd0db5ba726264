/** The two typefaces, served from here: text with metrics-matched fallback, and the whole mono, which the web subset cuts box drawing from. */
import localFont from 'next/font/local';

export const sourceSans = localFont({
  src: [
    {
      path: '../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
      weight: '200 900',
      style: 'normal',
    },
    {
      path: '../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-italic.woff2',
      weight: '200 900',
      style: 'italic',
    },
  ],
  variable: '--font-source-sans',
  display: 'swap',
});

// The NL cut has no ligatures: -> stays two characters in the terminal's canvas too.
export const jetbrainsMono = localFont({
  src: [
    {
      path: '../../node_modules/jetbrains-mono/fonts/webfonts/JetBrainsMonoNL-Regular.woff2',
      weight: '400',
      style: 'normal',
    },
    {
      path: '../../node_modules/jetbrains-mono/fonts/webfonts/JetBrainsMonoNL-SemiBold.woff2',
      weight: '600',
      style: 'normal',
    },
  ],
  variable: '--font-jetbrains',
  display: 'swap',
  adjustFontFallback: false,
});
