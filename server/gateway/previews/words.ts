/** What a preview says when it cannot show the program that is asked for, in both languages. */
import type { Locale } from '#server/protocol/ids.ts';

/** A closed list: every way in which there is nothing to show. */
export const TROUBLES = {
  /** Nothing listens there yet: the page turns into the program when something does. */
  silent: 502,
  asleep: 503,
  preparing: 503,
  /** Something listens, but what it says is no HTTP. */
  not_http: 502,
  /** It took the request and said nothing for a long while. */
  slow: 504,
  busy: 503,
  closed: 410,
  no_machine: 404,
  unknown: 404,
  /** The program refuses to be shown inside another page. */
  frame: 200,
} as const;

export type Trouble = keyof typeof TROUBLES;

/** Of these the page is told when they are over. */
export const PASSING: readonly Trouble[] = ['silent', 'asleep', 'preparing'];

type Words = { title: string; text: string };

const EN: Record<Trouble, Words> = {
  silent: {
    title: 'Nothing listens on port {port} yet',
    text: 'Start a program on {machine} that does, or publish the port of a container: `docker run -p {port}:80 …` This page turns into it by itself.',
  },
  asleep: {
    title: 'The machine is asleep',
    text: 'Everything in it is kept. Open its workspace to wake it; this page then goes on by itself.',
  },
  preparing: {
    title: 'The machine is being prepared',
    text: 'That takes a moment. This page goes on by itself.',
  },
  not_http: {
    title: 'Port {port} does not speak HTTP',
    text: 'Something listens there on {machine}, but it hung up or answered in another protocol. A browser cannot show that: a database, for example, is asked with its own client. If the program is still starting, try again.',
  },
  slow: {
    title: 'Port {port} takes too long',
    text: 'The program on {machine} took the request and has not answered since. Look at what it logs, then try again.',
  },
  busy: {
    title: 'Too many connections at once',
    text: 'This sandbox has as many open connections as one may have. Close some of its pages, then try again.',
  },
  closed: {
    title: 'This sandbox was closed',
    text: 'The machine behind this address is gone, and so is the address. A fresh sandbox has a new one, in its workspace.',
  },
  no_machine: {
    title: 'There is no {machine} in this sandbox',
    text: 'The address names a machine that it does not have.',
  },
  unknown: {
    title: 'There is no such preview',
    text: 'The address was cut off, mistyped or never given out. Take it from the workspace of the sandbox.',
  },
  frame: {
    title: 'This program wants a tab of its own',
    text: 'It tells browsers not to show it inside another page (X-Frame-Options or frame-ancestors), and that holds here too.',
  },
};

const ZH: Record<Trouble, Words> = {
  silent: {
    title: '端口 {port} 上还没有程序监听',
    text: '在 {machine} 上启动一个监听该端口的程序，或发布容器的端口：`docker run -p {port}:80 …` 之后本页会自动变成它。',
  },
  asleep: {
    title: '机器正在休眠',
    text: '里面的一切都已保留。打开它的工作区即可唤醒，随后本页会自动继续。',
  },
  preparing: { title: '机器正在准备中', text: '稍等片刻，本页会自动继续。' },
  not_http: {
    title: '端口 {port} 说的不是 HTTP',
    text: '{machine} 的这个端口有程序监听，但它挂断了连接，或用了别的协议。浏览器无法显示：例如数据库要用它自己的客户端来访问。如果程序仍在启动，请再试一次。',
  },
  slow: {
    title: '端口 {port} 迟迟没有回应',
    text: '{machine} 上的程序收下了请求，却一直没有回答。看看它的日志，然后再试一次。',
  },
  busy: {
    title: '同时打开的连接太多',
    text: '这个沙盒的连接数已达上限。关掉它的一些页面，然后再试一次。',
  },
  closed: {
    title: '这个沙盒已关闭',
    text: '这个地址背后的机器已不存在，地址也随之失效。新沙盒的工作区里有新的地址。',
  },
  no_machine: { title: '这个沙盒里没有 {machine}', text: '地址中的机器并不存在。' },
  unknown: { title: '没有这个预览', text: '地址不完整、有误，或从未发放过。请从沙盒的工作区重新打开。' },
  frame: {
    title: '这个程序要在自己的标签页中打开',
    text: '它告诉浏览器不要把它嵌在别的页面里（X-Frame-Options 或 frame-ancestors），在这里同样有效。',
  },
};

const BUTTONS = {
  en: {
    again: 'Try again',
    workspace: 'Open the workspace',
    tab: 'Open in a new tab',
    waiting: 'Waiting for it',
  },
  zh: { again: '再试一次', workspace: '打开工作区', tab: '在新标签页中打开', waiting: '正在等待' },
} as const;

const WORDS: Record<Locale, Record<Trouble, Words>> = { en: EN, zh: ZH };

export function wordsFor(locale: Locale, trouble: Trouble, values: Readonly<Record<string, string>>) {
  const { title, text } = WORDS[locale][trouble];
  const fill = (words: string) => words.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return { title: fill(title), text: fill(text), ...BUTTONS[locale] };
}
