/** Which language a browser gets when the address names none: the one it chose here, else the one it asks for. */
import type { IncomingMessage } from 'node:http';
import { LOCALES, type Locale } from '#server/protocol/ids.ts';

/** Where to send a browser that asked for a page without a language; null when the path is fine as it is. */
export function localizedPath(request: IncomingMessage): string | null {
  const [path = '/', query] = (request.url ?? '/').split('?', 2);
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const first = path.split('/')[1] ?? '';
  // A dot means a file: /favicon.svg, /robots.txt. Next's own things begin with an underscore.
  if (isLocale(first) || first.startsWith('_') || path.includes('.')) return null;
  // Several slashes in front would make the target an address on another host.
  const rest = path.replace(/^\/+/, '').replace(/\/+$/, '');
  return `/${localeOf(request)}${rest ? `/${rest}` : ''}${query === undefined ? '' : `?${query}`}`;
}

/** `drydock-locale` is set by our pages. */
export function localeOf(request: IncomingMessage): Locale {
  const chosen = /(?:^|;\s*)drydock-locale=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (isLocale(chosen)) return chosen;
  const wanted = String(request.headers['accept-language'] ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag = '', ...options] = entry.trim().split(';');
      const quality = options.find((option) => option.trim().startsWith('q='))?.split('=')[1];
      return {
        language: tag.toLowerCase().split('-')[0],
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  return wanted.map(({ language }) => language).find(isLocale) ?? 'en';
}

function isLocale(text: string | undefined): text is Locale {
  return (LOCALES as readonly (string | undefined)[]).includes(text);
}
