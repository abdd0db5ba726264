/** The kind `api`: was the engine asked for it, by whom, because of which command, and what did it answer. */
import type { ApiExpectation } from '#server/lessons/expectation.ts';
import type { ApiCall } from '#server/trace/contract.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { matchCommand } from '../command-line.ts';
import { describeQuantity, satisfies } from '../quantity.ts';
import { shortened } from '../shorten.ts';
import { DEFAULT_MACHINE, fact, type Sources, type Verdict } from '../verdict.ts';
import { wordsOf } from './command.ts';

/** Which of the expected fields a call has; one that was not asked for is had by every call. */
type Fit = { method: boolean; path: boolean; userAgent: boolean; command: boolean; status: boolean };

type Seen = { call: ApiCall; fit: Fit };

export function judgeApi(expect: ApiExpectation, sources: Sources): Verdict {
  const seen = sources
    .calls(expect.machine ?? DEFAULT_MACHINE)
    .map((call): Seen => ({ call, fit: fitOf(expect, call) }));
  const right = seen.filter(({ fit }) => isWhole(fit));
  const counted = countFacts(expect, right.length);
  const passed = satisfies(right.length, expect.count ?? { min: 1 });
  const told = right.at(-1) ?? closestOf(expect, seen);
  if (!told) return { passed, near: passed, facts: counted };
  return { passed, near: true, facts: [...callFacts(expect, told), ...counted] };
}

function fitOf(expect: ApiExpectation, call: ApiCall): Fit {
  const { method, path, userAgent, fromCommand, status } = expect;
  return {
    method: method === undefined || call.method === method,
    path: path === undefined || fitsPath(path, call.path),
    userAgent: userAgent === undefined || call.userAgent.includes(userAgent),
    command: fromCommand === undefined || isFrom(fromCommand, call),
    status: status === undefined || call.status === status,
  };
}

const isWhole = (fit: Fit) => Object.values(fit).every(Boolean);

/** `*` is any one part, `**` all the rest. */
function fitsPath(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  const rest = wanted.indexOf('**');
  const fixed = rest < 0 ? wanted : wanted.slice(0, rest);
  if (rest < 0 && parts.length !== wanted.length) return false;
  return fixed.every((part, at) => (part === '*' ? !!parts[at] : part === parts[at]));
}

function isFrom(pattern: string, { command }: ApiCall): boolean {
  return command !== null && wordsOf(command).some((words) => matchCommand(pattern, words).matched);
}

/** What counts more says more of what the learner wanted. */
const WEIGHTS: Readonly<Record<keyof Fit, number>> = {
  path: 8,
  method: 4,
  command: 2,
  userAgent: 2,
  status: 1,
};

/** The newest of those that miss by least; null where no call was a try. */
function closestOf(expect: ApiExpectation, seen: readonly Seen[]): Seen | null {
  const score = ({ fit }: Seen) =>
    (Object.keys(fit) as (keyof Fit)[]).reduce((sum, field) => sum + (fit[field] ? WEIGHTS[field] : 0), 0);
  const tries = seen.filter((one) => isTry(expect, one));
  return tries.toSorted((a, b) => score(a) - score(b)).at(-1) ?? null;
}

/** Every docker command calls the engine: only the right path, or a client of the learner's choice, shows an intent. */
function isTry({ path, userAgent, fromCommand }: ApiExpectation, { call, fit }: Seen): boolean {
  // Its command may still be running: nothing is amiss yet.
  if (fromCommand !== undefined && call.command === null) return false;
  if (path !== undefined && fit.path) return true;
  const isChosenClient = userAgent !== undefined && fit.userAgent && !call.userAgent.startsWith('Docker-');
  return isChosenClient || (path === undefined && fromCommand !== undefined && fit.command);
}

function callFacts(expect: ApiExpectation, { call, fit }: Seen): Fact[] {
  const { method, path, userAgent, fromCommand, status } = expect;
  const facts: Fact[] = [];
  if (method !== undefined || path !== undefined) {
    const wanted = [method, path].filter(Boolean).join(' ');
    const made = `${call.method} ${withShortIds(call.path)}`;
    facts.push(
      fact({
        field: 'call',
        ok: fit.method && fit.path,
        expected: wanted,
        actual: made,
        label: { en: `the call ${wanted}`, zh: `调用 ${wanted}` },
        words: { en: `the call was ${shortened(made)}`, zh: `实际的调用是 ${shortened(made)}` },
      }),
    );
  }
  if (userAgent !== undefined)
    facts.push(
      fact({
        field: 'userAgent',
        ok: fit.userAgent,
        expected: userAgent,
        actual: call.userAgent,
        label: { en: `made by ${userAgent}`, zh: `由 ${userAgent} 发出` },
        words: callerWords(call),
      }),
    );
  if (fromCommand !== undefined) facts.push(commandFact(fromCommand, fit.command, call));
  if (status !== undefined)
    facts.push(
      fact({
        field: 'status',
        ok: fit.status,
        expected: String(status),
        actual: call.status === null ? null : String(call.status),
        label: { en: `answered with ${status}`, zh: `返回 ${status}` },
        words:
          call.status === null
            ? { en: 'the engine gave no answer', zh: '引擎没有回应' }
            : { en: `the engine answered ${call.status}`, zh: `引擎返回了 ${call.status}` },
      }),
    );
  return facts;
}

function callerWords({ userAgent }: ApiCall) {
  const name = shortened(userAgent);
  return name === ''
    ? { en: 'its caller gave no name', zh: '调用者没有给出名字' }
    : { en: `it was made by ${name}`, zh: `它由 ${name} 发出` };
}

function commandFact(pattern: string, ok: boolean, { command }: ApiCall): Fact {
  const line = command === null ? '' : shortened(command.line);
  return fact({
    field: 'command',
    ok,
    expected: pattern,
    actual: command?.line ?? null,
    label: { en: `caused by “${pattern}”`, zh: `由“${pattern}”引起` },
    words: { en: `it came from “${line}”`, zh: `它来自“${line}”` },
  });
}

/** Only where a number was asked for: that there was none is said by saying nothing. */
function countFacts({ count }: ApiExpectation, made: number): Fact[] {
  if (count === undefined) return [];
  const wanted = describeQuantity(count);
  return [
    fact({
      field: 'count',
      ok: satisfies(made, count),
      expected: wanted.en,
      actual: String(made),
      label: { en: `such calls: ${wanted.en}`, zh: `这样的调用：${wanted.zh}` },
      words: { en: `so far: ${made}`, zh: `目前：${made} 次` },
    }),
  ];
}

/** As Docker shows them. */
function withShortIds(path: string): string {
  return path.replace(/[0-9a-f]{64}/g, (id) => id.slice(0, 12));
}
