/** The kind `answer`: a choice, a number or a text; what is right may depend on the learner's own machine. */
import type { AnswerExpectation } from '#server/lessons/expectation.ts';
import type { Localized } from '../../protocol/ids.ts';
import { both, fact, type Sources, type Verdict } from '../verdict.ts';
import { answerProbes, asksForDigits, rightNumber, rightTexts, toNumber } from './right-answer.ts';

/** Nothing here may tell the right answer before it was given or shown. */
export function judgeAnswer(expect: AnswerExpectation, sources: Sources): Verdict {
  const given = sources.answer;
  if (given === null) return { passed: false, near: false, facts: [] };
  return verdictOf(check(expect, given, sources));
}

/** A choice that has passed, as it was shown then; null for what was typed. */
export function passedChoice(expect: AnswerExpectation): Verdict | null {
  if (!('choice' in expect)) return null;
  return verdictOf(checkChoice(expect.choice, String(expect.choice.findIndex(({ right }) => right))));
}

type Checked = { ok: boolean; words: Localized | null; shown: string };

function verdictOf({ ok, words, shown }: Checked): Verdict {
  const label = { en: 'your answer', zh: '你的答案' };
  const facts = [fact({ field: 'answer', ok, expected: '', actual: shown, label, words })];
  return { passed: ok, near: true, facts };
}

function checkChoice(
  choice: Extract<AnswerExpectation, { choice: unknown }>['choice'],
  given: string,
): Checked {
  const option = /^\d$/.test(given) ? choice[Number(given)] : undefined;
  const words = option?.why ?? { en: 'that is not it', zh: '不是这个' };
  return { ok: option?.right === true, words, shown: option ? String(Number(given) + 1) : given };
}

function check(expect: AnswerExpectation, given: string, sources: Sources): Checked {
  if ('choice' in expect) return checkChoice(expect.choice, given);
  if (answerProbes(expect).some((probe) => !sources.found(probe)))
    return { ok: false, words: MACHINE_AWAY, shown: given };
  if ('number' in expect) return checkNumber(expect, given, sources);
  const right = rightTexts(expect.text, sources);
  if (right.length === 0) return { ok: false, words: NOTHING_THERE, shown: given };
  const fits = asksForDigits(expect.text) ? beginsWith : isSame;
  const ok = right.some((text) => fits(given, text));
  return { ok, words: { en: `“${given}” is not it`, zh: `不是“${given}”` }, shown: given };
}

function checkNumber(
  expect: Extract<AnswerExpectation, { number: unknown }>,
  given: string,
  sources: Sources,
): Checked {
  const number = toNumber(given);
  const right = rightNumber(expect.number, sources);
  if (right === null) return { ok: false, words: NOTHING_THERE, shown: given };
  if (number === null)
    return { ok: false, words: { en: 'write a number', zh: '请写一个数字' }, shown: given };
  const words = typeof expect.number === 'object' && 'shell' in expect.number ? measured : counted;
  return { ok: number === right, words: words(number, number < right), shown: given };
}

const counted = (given: number, less: boolean): Localized =>
  less
    ? { en: `${given} is too few`, zh: `${given} 少了` }
    : { en: `${given} is too many`, zh: `${given} 多了` };
/** What a script prints may be a size or a port as well. */
const measured = (given: number, less: boolean): Localized =>
  less
    ? { en: `${given} is too small`, zh: `${given} 小了` }
    : { en: `${given} is too large`, zh: `${given} 大了` };

const NOTHING_THERE = {
  en: 'there is nothing on your machine to answer from yet; do the step first',
  zh: '你的机器上还没有可供回答的东西；请先完成这一步',
};
const MACHINE_AWAY = {
  en: 'your machine does not answer just now; try again in a moment',
  zh: '你的机器暂时没有响应；请稍后再试',
};

/** The right answer in words, for a learner who asked to be shown; null while the machine holds none. */
export function rightAnswer(expect: AnswerExpectation, sources: Sources): Localized | null {
  if ('choice' in expect) return expect.choice.find(({ right }) => right)?.text ?? null;
  if ('number' in expect) {
    const right = rightNumber(expect.number, sources);
    return right === null ? null : both(String(right));
  }
  const [first] = rightTexts(expect.text, sources);
  return first === undefined ? null : both(first);
}

function beginsWith(given: string, id: string): boolean {
  const digits = settled(given).replace(/^.*sha256:/, '');
  return digits.length >= 4 && (id.startsWith(digits) || digits.startsWith(id));
}

const isSame = (given: string, text: string) => settled(given) === settled(text);

/** Capitals, outer quotes and doubled blanks are not what is asked. */
function settled(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/^["'`“‘]+|["'`”’.。]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
