/** Judges expectations and what combines them. Pure: the same sources give the same verdict. */
import type { Expectation } from '#server/lessons/expectation.ts';
import type { Fact } from '../protocol/tasks.ts';
import { judgeAnswer } from './kinds/answer.ts';
import { judgeApi } from './kinds/api.ts';
import { judgeCommand } from './kinds/command.ts';
import { judgeContainer } from './kinds/container.ts';
import { judgeFile } from './kinds/file.ts';
import { judgeHttp } from './kinds/http.ts';
import { judgeImage } from './kinds/image.ts';
import { judgeNetwork } from './kinds/network.ts';
import { judgeRegistry } from './kinds/registry.ts';
import { judgeShell } from './kinds/shell.ts';
import { judgeVolume } from './kinds/volume.ts';
import { fact, type Sources, type Verdict } from './verdict.ts';

/** As many as the wire takes for one task. */
const MAX_FACTS = 40;

export function judge(expect: Expectation, sources: Sources): Verdict {
  if ('container' in expect) return judgeContainer(expect.container, sources);
  if ('image' in expect) return judgeImage(expect.image, sources);
  if ('volume' in expect) return judgeVolume(expect.volume, sources);
  if ('network' in expect) return judgeNetwork(expect.network, sources);
  if ('file' in expect) return judgeFile(expect.file, sources);
  if ('http' in expect) return judgeHttp(expect.http, sources);
  if ('registry' in expect) return judgeRegistry(expect.registry, sources);
  if ('command' in expect) return judgeCommand(expect.command, sources);
  if ('api' in expect) return judgeApi(expect.api, sources);
  if ('shell' in expect) return judgeShell(expect.shell, sources);
  if ('answer' in expect) return judgeAnswer(expect.answer, sources);
  if ('not' in expect) return judgeNot(expect.not, sources);
  if ('any' in expect) return judgeAny(expect.any, sources);
  return judgeAll(expect.all, sources);
}

export function judgeAll(list: readonly Expectation[], sources: Sources): Verdict {
  const verdicts = list.map((expect) => judge(expect, sources));
  return {
    passed: verdicts.every(({ passed }) => passed),
    near: verdicts.some(({ near }) => near),
    facts: verdicts.flatMap(({ facts }) => facts).slice(0, MAX_FACTS),
    ...unseenAmong(verdicts),
  };
}

/** Shows the one that passed, or else the one that is closest. */
function judgeAny(list: readonly Expectation[], sources: Sources): Verdict {
  const verdicts = list.map((expect) => judge(expect, sources));
  const wrong = ({ facts }: Verdict) => facts.filter(({ ok }) => !ok).length;
  const rank = (verdict: Verdict) => (verdict.passed ? -1 : verdict.near ? wrong(verdict) : 1000);
  const [best] = verdicts.toSorted((a, b) => rank(a) - rank(b));
  if (!best) throw new Error('invariant: any has at least one expectation');
  return best.passed ? best : { ...best, ...unseenAmong(verdicts) };
}

/** Never near by itself: that something is not there is no deed. */
function judgeNot(inner: Expectation, sources: Sources): Verdict {
  const verdict = judge(inner, sources);
  if (verdict.unseen) return verdict;
  if (!verdict.passed) return { passed: true, near: false, facts: [] };
  return { passed: false, near: false, facts: negated(verdict.facts) };
}

const unseenAmong = (verdicts: readonly Verdict[]) =>
  verdicts.some(({ unseen }) => unseen) ? { unseen: true as const } : {};

/** One fact of all of them: no single one is wrong (`hidden` may be there, and may have ports), but all together are. */
function negated(facts: readonly Fact[]): Fact[] {
  const last = facts.at(-1);
  if (!last) return [];
  const en = facts.map(({ label }) => label.en).join(', ');
  const zh = facts.map(({ label }) => label.zh).join('，');
  const words = { en: `not wanted: ${en}`, zh: `不应有：${zh}` };
  return [fact({ ...last, ok: false, label: { en: `not: ${en}`, zh: `不应：${zh}` }, words })];
}
