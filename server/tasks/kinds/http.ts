/** The kind `http`: what a web server on the machine answers. */
import type { HttpExpectation } from '#server/lessons/expectation.ts';
import type { HttpFinding, HttpProbe } from '#server/world/probes/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { shortened } from '../shorten.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';

type Answer = Extract<HttpFinding, { type: 'answer' }>;

export const httpProbe = (expect: HttpExpectation): HttpProbe => ({
  kind: 'http',
  machine: expect.machine ?? DEFAULT_MACHINE,
  port: expect.port,
  path: expect.path ?? '/',
  headers: {},
});

export function judgeHttp(expect: HttpExpectation, sources: Sources): Verdict {
  const found = sources.found(httpProbe(expect));
  if (!found) return UNSEEN;
  const port = portFact(expect.port, found);
  if (found.type === 'refused') return { passed: false, near: false, facts: [port] };
  const facts = [port, ...(found.type === 'answer' ? answerFacts(expect, found) : [])];
  return { passed: facts.every(({ ok }) => ok), near: sources.attempted, facts };
}

export function portFact(port: number, found: HttpFinding): Fact {
  return fact({
    field: 'port',
    ok: found.type === 'answer',
    expected: String(port),
    actual: found.type,
    label: { en: `port ${port} answers`, zh: `端口 ${port} 有应答` },
    words: found.type === 'refused' ? nothingListens(port) : noAnswer(port),
  });
}

const nothingListens = (port: number): Localized => ({
  en: `nothing listens on port ${port} yet`,
  zh: `端口 ${port} 上还没有程序在监听`,
});
const noAnswer = (port: number): Localized => ({
  en: `something listens on port ${port}, but gives no answer in HTTP`,
  zh: `端口 ${port} 上有程序在监听，但没有 HTTP 应答`,
});

function answerFacts(expect: HttpExpectation, answer: Answer): Fact[] {
  const { path = '/', status = 200, contains, header = {} } = expect;
  return [
    statusFact({ path, wanted: status, actual: answer.status }),
    ...(contains === undefined ? [] : [textFact(path, contains, answer.text)]),
    ...Object.entries(header).map(([name, wanted]) => headerFact(name, wanted, answer)),
  ];
}

function statusFact({ path, wanted, actual }: { path: string; wanted: number; actual: number }): Fact {
  return fact({
    field: 'status',
    ok: actual === wanted,
    expected: String(wanted),
    actual: String(actual),
    label: { en: `${path} answers ${wanted}`, zh: `${path} 返回 ${wanted}` },
    words: {
      en: `the page ${path} answers ${actual}, expected ${wanted}`,
      zh: `页面 ${path} 返回 ${actual}，应为 ${wanted}`,
    },
  });
}

function textFact(path: string, wanted: string, text: string): Fact {
  const short = shortened(wanted);
  return fact({
    field: 'contains',
    ok: text.includes(wanted),
    expected: wanted,
    actual: null,
    label: { en: `the page contains “${short}”`, zh: `页面包含“${short}”` },
    words: {
      en: `the page ${path} answers, but does not contain “${short}”`,
      zh: `页面 ${path} 有应答，但其中没有“${short}”`,
    },
  });
}

function headerFact(name: string, wanted: string, { headers }: Answer): Fact {
  const key = name.toLowerCase();
  const actual = Object.hasOwn(headers, key) ? (headers[key] ?? null) : null;
  return fact({
    field: 'header',
    ok: actual?.includes(wanted) ?? false,
    expected: `${name}: ${wanted}`,
    actual: actual === null ? null : `${name}: ${actual}`,
    label: { en: `${name}: ${wanted}`, zh: `${name}: ${wanted}` },
    words:
      actual === null
        ? { en: `the answer has no header ${name}`, zh: `应答中没有 ${name} 头` }
        : { en: `${name} is ${shortened(actual)}`, zh: `${name} 的值是 ${shortened(actual)}` },
  });
}
