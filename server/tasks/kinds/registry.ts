/** The kind `registry`: does one answer on the machine, whom does it let in, what does it hold. */
import type { RegistryExpectation } from '#server/lessons/expectation.ts';
import type { HttpFinding, HttpProbe } from '#server/world/probes/contract.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';
import { portFact } from './http.ts';

type Answer = Extract<HttpFinding, { type: 'answer' }>;

/** Without these it would turn a manifest into an older form, with another digest. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** The API's root where no repository is asked for: https://distribution.github.io/distribution/spec/api/ */
export function registryProbe(expect: RegistryExpectation): HttpProbe {
  const { machine = DEFAULT_MACHINE, port, repository, tag = 'latest', auth } = expect;
  const login = auth && Buffer.from(`${auth.user}:${auth.password}`).toString('base64');
  return {
    kind: 'http',
    machine,
    port,
    path: repository === undefined ? '/v2/' : `/v2/${repository}/manifests/${tag}`,
    headers: { accept: MANIFESTS, ...(login ? { authorization: `Basic ${login}` } : {}) },
  };
}

export function judgeRegistry(expect: RegistryExpectation, sources: Sources): Verdict {
  const found = sources.found(registryProbe(expect));
  if (!found) return UNSEEN;
  if (found.type !== 'answer') return { passed: false, near: false, facts: [portFact(expect.port, found)] };
  const facts = answerFacts(expect, found);
  return { passed: facts.every(({ ok }) => ok), near: sources.attempted, facts };
}

/** One that cannot be answered hides those behind it. */
function answerFacts(expect: RegistryExpectation, answer: Answer): Fact[] {
  const registry = registryFact(expect, answer);
  if (!registry.ok) return [registry];
  const login = loginFact(expect, answer);
  if (!login.ok) return [registry, login];
  const facts = [registry, ...(expect.auth ? [login] : [])];
  if (expect.repository === undefined) return facts;
  const present = presentFact(expect, answer);
  const { digest } = expect;
  return [...facts, present, ...(digest && answer.status === 200 ? [digestFact(digest, answer)] : [])];
}

function registryFact({ port }: RegistryExpectation, { status, headers }: Answer): Fact {
  const version = headers['docker-distribution-api-version'] ?? '';
  return fact({
    field: 'port',
    ok: version.startsWith('registry/') && [200, 401, 404].includes(status),
    expected: String(port),
    actual: String(status),
    label: { en: `a registry on port ${port}`, zh: `端口 ${port} 上有注册中心` },
    words: {
      en: `what answers on port ${port} is no registry that works (${status})`,
      zh: `端口 ${port} 上应答的不是正常工作的注册中心（${status}）`,
    },
  });
}

function loginFact({ auth }: RegistryExpectation, { status }: Answer): Fact {
  return fact({
    field: 'auth',
    ok: status !== 401,
    expected: auth?.user ?? '',
    actual: String(status),
    label: auth
      ? { en: `${auth.user} may log in`, zh: `${auth.user} 可以登录` }
      : { en: 'open without a login', zh: '无需登录' },
    words: auth
      ? { en: `the registry does not let ${auth.user} in`, zh: `注册中心不允许 ${auth.user} 登录` }
      : { en: 'the registry asks for a login', zh: '注册中心要求登录' },
  });
}

function presentFact(expect: RegistryExpectation, { status }: Answer): Fact {
  const { repository, tag = 'latest', present: wanted = true } = expect;
  const what = `${repository}:${tag}`;
  const there = status === 200;
  return fact({
    field: 'present',
    ok: there === wanted,
    expected: String(wanted),
    actual: String(there),
    label: wanted
      ? { en: `the registry has ${what}`, zh: `注册中心中有 ${what}` }
      : { en: `the registry no longer has ${what}`, zh: `注册中心中已没有 ${what}` },
    words: there
      ? { en: `the registry still has ${what}`, zh: `注册中心中还有 ${what}` }
      : { en: `the registry does not have ${what}`, zh: `注册中心中没有 ${what}` },
  });
}

function digestFact(wanted: string, { headers }: Answer): Fact {
  const actual = headers['docker-content-digest'] ?? null;
  return fact({
    field: 'digest',
    ok: actual === wanted,
    expected: wanted,
    actual,
    label: { en: 'digest', zh: '摘要' },
    words: { en: `its digest is ${actual ?? '–'}`, zh: `它的摘要是 ${actual ?? '–'}` },
  });
}
