/** The page that a preview shows instead of a program: what is so, and what to do; some turn into the program. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Sandbox } from '#server/sandbox/contract.ts';
import { localeOf } from '../locale.ts';
import type { Addresses, Destination } from './address.ts';
import { PASSING, type Trouble, TROUBLES, wordsFor } from './words.ts';

/** Below a preview's address; a program that has a page of that name cannot be asked for it. */
export const WAIT_PATH = '/.drydock/wait';

export type Said = { status: number; headers: Record<string, string>; body: string };

type PageOptions = {
  addresses: Addresses;
  origins: readonly string[];
  /** Null where the address itself is none. */
  asked: Destination | null;
  sandbox: Pick<Sandbox, 'lesson'> | null;
};

/** For a browser that opens a page, a page; for a script or a program, one line. */
export function say(trouble: Trouble, request: IncomingMessage, options: PageOptions): Said {
  const { asked } = options;
  const locale = localeOf(request);
  const values = { port: String(asked?.port ?? ''), machine: asked?.machine ?? '' };
  const words = wordsFor(locale, trouble, values);
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: 'accept, accept-language',
    'x-drydock-preview': trouble,
  };
  const status = TROUBLES[trouble];
  if (!wantsPage(request))
    return {
      status,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
      body: `${words.title}. ${words.text}\n`,
    };
  const nonce = randomBytes(16).toString('base64');
  const waits = asked !== null && PASSING.includes(trouble) && isRead(request);
  const policy = policyOf(nonce, options.origins);
  return {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: draw({
      locale,
      nonce,
      words,
      waits: waits ? waitAddress(options, asked) : null,
      way: wayOut(trouble, options, words, locale),
    }),
  };
}

function policyOf(nonce: string, origins: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${origins.join(' ')}`,
  ].join('; ');
}

function waitAddress({ addresses }: PageOptions, asked: Destination): string {
  return addresses.isolated ? WAIT_PATH : addresses.addressOf(asked) + WAIT_PATH;
}

type Words = ReturnType<typeof wordsFor>;
type Way = { href: string; label: string; blank: boolean };

function wayOut(
  trouble: Trouble,
  { addresses, origins, asked, sandbox }: PageOptions,
  words: Words,
  locale: string,
): Way | null {
  if (trouble === 'asleep' && sandbox) {
    const { lesson } = sandbox;
    const path = lesson ? `learn/${lesson.course}/${lesson.lesson}` : 'playground';
    return { href: `${origins[0] ?? ''}/${locale}/${path}`, label: words.workspace, blank: true };
  }
  if (!asked) return null;
  const here = addresses.isolated ? asked.path : addresses.addressOf(asked) + asked.path;
  if (trouble === 'frame') return { href: here, label: words.tab, blank: true };
  const again = trouble === 'not_http' || trouble === 'slow' || trouble === 'busy';
  return again ? { href: here, label: words.again, blank: false } : null;
}

type Drawing = { locale: string; nonce: string; words: Words; waits: string | null; way: Way | null };

// The colours are those of the app's paper, ink and accent; a frame takes light or dark from the page around it.
function draw({ locale, nonce, words, waits, way }: Drawing): string {
  const link =
    way &&
    `<p><a href="${escape(way.href)}"${way.blank ? ' target="_blank" rel="noopener noreferrer"' : ''}>${escape(way.label)}</a></p>`;
  const bar =
    waits && `<div class="bar" role="progressbar" aria-label="${escape(words.waiting)}"><i></i></div>`;
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(words.title)}</title>
<style nonce="${nonce}">
:root{color-scheme:light dark;--paper:light-dark(#fbf8f2,#0b1118);--ink:light-dark(#18222c,#ebe6da);--ink-2:light-dark(#45505a,#b9bab5);--line:light-dark(#ddd5c6,#24303c);--accent:light-dark(#0b676a,#63c7bf);--on:light-dark(#fff,#06211f)}
html{background:var(--paper);color:var(--ink);font:1rem/1.6 'Source Sans 3 Variable','Source Sans 3',system-ui,'PingFang SC','Noto Sans CJK SC',sans-serif}
body{display:grid;min-height:100vh;margin:0;place-items:center}
main{box-sizing:border-box;max-width:34rem;padding:2rem 1.5rem;text-align:center}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3;font-weight:600;text-wrap:balance}
p{margin:0;color:var(--ink-2);text-wrap:pretty}p+p,.bar{margin-top:1.5rem}
code{font-family:'JetBrains Mono Variable','JetBrains Mono',ui-monospace,monospace;font-size:.9em;white-space:nowrap}
a{display:inline-block;padding:.375rem .875rem;border-radius:4px;background:var(--accent);color:var(--on);font-size:.9375rem;font-weight:600;text-decoration:none}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.bar{height:2px;width:160px;margin-inline:auto;overflow:hidden;background:var(--line)}
.bar i{display:block;width:25%;height:100%;background:var(--accent);animation:go 1.6s ease-in-out infinite alternate}
@keyframes go{to{transform:translateX(300%)}}
@media(prefers-reduced-motion:reduce){.bar i{width:100%;opacity:.5;animation:none}}
</style></head>
<body><main><h1>${escape(words.title)}</h1><p>${withCode(escape(words.text))}</p>${bar ?? ''}${link ?? ''}</main>
${waits ? `<script nonce="${nonce}">${waitScript(waits)}</script>` : ''}</body></html>
`;
}

/** One long question after another; the answer to each comes when there is one. */
function waitScript(address: string): string {
  return `(async()=>{for(;;){let pause=0;try{const answer=await fetch(${JSON.stringify(address)},{cache:'no-store'});if(answer.status===204||answer.status===410)return location.reload();if(answer.status!==202)pause=5000}catch{pause=2000}await new Promise((go)=>setTimeout(go,pause))}})()`;
}

function wantsPage(request: IncomingMessage): boolean {
  const { accept = '', 'sec-fetch-dest': dest } = request.headers;
  if (dest !== undefined) return dest === 'document' || dest === 'iframe' || dest === 'frame';
  return accept.includes('text/html');
}

/** Loading the page again must not send a form again. */
function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET';
}

const withCode = (text: string) => text.replace(/`([^`]+)`/g, '<code>$1</code>');

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}
