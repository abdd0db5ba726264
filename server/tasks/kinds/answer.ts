/** The kind `answer`: a choice, a number or a text; what is right may depend on the learner's own machine. */
import type { AnswerExpectation } from '#server/lessons/expectation.ts';
import type { World } from '#server/world/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import { findImage } from '../image-ref.ts';
import { both, DEFAULT_MACHINE, fact, type Sources, type Verdict } from '../verdict.ts';
import { fittingContainers } from './container.ts';

/** Nothing here may tell the right answer before it was given or shown. */
export function judgeAnswer(expect: AnswerExpectation, sources: Sources): Verdict {
  const given = sources.answer;
  if (given === null) return { passed: false, near: false, facts: [] };
  const { ok, words, shown } = check(expect, given, sources);
  const label = { en: 'your answer', zh: '你的答案' };
  const facts = [fact({ field: 'answer', ok, expected: '', actual: shown, label, words })];
  return { passed: ok, near: true, facts };
}

type Checked = { ok: boolean; words: Localized | null; shown: string };

function check(expect: AnswerExpectation, given: string, sources: Sources): Checked {
  if ('choice' in expect) {
    const option = /^\d$/.test(given) ? expect.choice[Number(given)] : undefined;
    const words = option?.why ?? { en: 'that is not it', zh: '不是这个' };
    return { ok: option?.right === true, words, shown: option ? String(Number(given) + 1) : given };
  }
  if ('number' in expect) {
    const number = toNumber(given);
    const right = rightNumber(expect.number, sources);
    if (right === null) return { ok: false, words: NOTHING_THERE, shown: given };
    if (number === null)
      return { ok: false, words: { en: 'write a number', zh: '请写一个数字' }, shown: given };
    const words =
      number < right
        ? { en: `${number} is too few`, zh: `${number} 少了` }
        : { en: `${number} is too many`, zh: `${number} 多了` };
    return { ok: number === right, words, shown: given };
  }
  const right = rightTexts(expect.text, sources);
  if (right.length === 0) return { ok: false, words: NOTHING_THERE, shown: given };
  const isId = !Array.isArray(expect.text) && !('containerName' in expect.text);
  const ok = right.some((text) => (isId ? isIdPrefix(given, text) : settled(text) === settled(given)));
  return { ok, words: { en: `“${given}” is not it`, zh: `不是“${given}”` }, shown: given };
}

const NOTHING_THERE = {
  en: 'there is nothing on your machine to answer from yet; do the step first',
  zh: '你的机器上还没有可供回答的东西；请先完成这一步',
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

function rightNumber(
  wanted: Extract<AnswerExpectation, { number: unknown }>['number'],
  sources: Sources,
): number | null {
  if (typeof wanted === 'number') return wanted;
  if ('containers' in wanted) {
    const world = sources.world(wanted.containers.machine ?? DEFAULT_MACHINE);
    return world && fittingContainers(wanted.containers, world).length;
  }
  if ('shell' in wanted) return null;
  const world = sources.world(wanted.machine ?? DEFAULT_MACHINE);
  return (world && findImage(world, wanted.layers)?.layers.length) ?? null;
}

function rightTexts(
  wanted: Extract<AnswerExpectation, { text: unknown }>['text'],
  sources: Sources,
): string[] {
  if (Array.isArray(wanted)) return wanted;
  if ('containerName' in wanted) {
    const world = sources.world(wanted.containerName.machine ?? DEFAULT_MACHINE);
    return world ? fittingContainers(wanted.containerName, world).map(({ name }) => name) : [];
  }
  if ('shell' in wanted || 'containerIp' in wanted || 'imageDigest' in wanted) return [];
  const world = sources.world(wanted.machine ?? DEFAULT_MACHINE);
  return world ? idsOf(wanted, world).map((id) => id.replace('sha256:', '').slice(0, 12)) : [];
}

function idsOf(wanted: { containerId: string } | { imageId: string }, world: World): string[] {
  if ('imageId' in wanted) return [findImage(world, wanted.imageId)?.id ?? ''].filter(Boolean);
  return [...world.containers.values()].filter(({ name }) => name === wanted.containerId).map(({ id }) => id);
}

function isIdPrefix(given: string, id: string): boolean {
  const digits = settled(given).replace('sha256:', '');
  return digits.length >= 4 && (id.startsWith(digits) || digits.startsWith(id));
}

/** Digits from any keyboard, an optional sign and fraction; nothing else. */
function toNumber(given: string): number | null {
  const text = given.normalize('NFKC').trim();
  return /^[+-]?\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

/** Capitals, outer quotes and doubled blanks are not what is asked. */
function settled(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/^["'`“‘]+|["'`”’.。]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
