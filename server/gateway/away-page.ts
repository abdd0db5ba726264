/** What a browser gets while the pages themselves are away: one plain page that tries again by itself. */
import type { ServerResponse } from 'node:http';
import type { Locale } from '#server/protocol/ids.ts';

const WORDS: Record<Locale, { title: string; text: string }> = {
  en: {
    title: 'Drydock is starting',
    text: 'The pages are not up yet. This page tries again by itself; your sandboxes go on meanwhile.',
  },
  zh: {
    title: 'Drydock 正在启动',
    text: '页面尚未就绪，本页会自动重试；你的机器在此期间照常运行。',
  },
};

export function away(response: ServerResponse, locale: Locale): void {
  const { title, text } = WORDS[locale];
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'retry-after': '2',
    vary: 'accept-language, cookie',
  });
  response.end(`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width"><title>${title}</title>
<style>:root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif}main{max-width:32rem;margin:20vh auto;padding:0 1rem}</style>
</head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>
`);
}
