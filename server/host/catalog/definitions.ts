/** What the catalog holds: each repository, where its Dockerfile lies, and how its tags follow from Debian's versions. */
import { repositoryOf, tagOf, versionTags } from './tags.ts';

export type ImageDefinition = {
  /** As Docker Hub names it and a registry mirror is asked for it. Several images of one repository differ in their tags. */
  repository: string;
  /** Folder below `files/`. */
  folder: string;
  /** Debian package that gives the image its version, or null where the image has none or says it by itself. */
  package: string | null;
  /** Where no package gives it. */
  version?: string;
  /** From the upstream version of the package, or Debian's release. */
  tags: (version: string) => string[];
  description: { en: string; zh: string };
};

const REBUILT: readonly ImageDefinition[] = [
  {
    repository: 'library/debian',
    folder: 'debian',
    package: null,
    tags: (release) => [...versionTags(release), 'trixie', 'stable', 'trixie-slim', 'stable-slim'],
    description: { en: 'A minimal Debian to start from', zh: '最小的 Debian，从它开始构建' },
  },
  {
    repository: 'library/hello-world',
    folder: 'hello-world',
    package: null,
    tags: () => ['linux', 'latest'],
    description: {
      en: 'One tiny program that says that your engine works',
      zh: '一个极小的程序，告诉你引擎工作正常',
    },
  },
  {
    repository: 'library/busybox',
    folder: 'busybox',
    package: 'busybox-static',
    tags: (version) => [...versionTags(version), 'stable', 'glibc'],
    description: {
      en: 'A shell and hundreds of small tools in one file',
      zh: '一个文件里的 shell 和几百个小工具',
    },
  },
  {
    repository: 'library/nginx',
    folder: 'nginx',
    package: 'nginx',
    tags: (version) => [...versionTags(version), 'stable', 'trixie'],
    description: { en: 'The nginx web server', zh: 'nginx Web 服务器' },
  },
  {
    repository: 'library/httpd',
    folder: 'httpd',
    package: 'apache2-bin',
    tags: (version) => [...versionTags(version), 'trixie'],
    description: { en: 'The Apache web server', zh: 'Apache Web 服务器' },
  },
  {
    repository: 'library/redis',
    folder: 'redis',
    package: 'redis-server',
    tags: (version) => [...versionTags(version), 'trixie'],
    description: { en: 'The Redis key-value store', zh: 'Redis 键值存储' },
  },
  {
    repository: 'library/postgres',
    folder: 'postgres',
    package: 'postgresql-17',
    tags: (version) => [...versionTags(version), 'trixie'],
    description: { en: 'The PostgreSQL database', zh: 'PostgreSQL 数据库' },
  },
  {
    repository: 'library/python',
    folder: 'python',
    package: 'python3.13',
    // As small as what Docker Hub calls slim: no compiler, no headers.
    tags: (version) =>
      versionTags(version).flatMap((tag) => (tag === 'latest' ? [tag, 'slim'] : [tag, `${tag}-slim`])),
    description: {
      en: 'Python with pip, to run programs of your own',
      zh: 'Python 与 pip，用来运行你自己的程序',
    },
  },
  {
    repository: 'library/registry',
    folder: 'registry',
    package: 'docker-registry',
    tags: (version) => versionTags(version),
    description: { en: 'A registry: keeps and serves images', zh: '注册中心：保存和分发镜像' },
  },
  {
    repository: 'docker/getting-started',
    folder: 'getting-started',
    package: null,
    tags: () => ['latest'],
    description: { en: 'A page to meet containers with, on port 80', zh: '初识容器的网页，在 80 端口' },
  },
  {
    repository: 'traefik/whoami',
    folder: 'whoami',
    package: null,
    tags: () => ['latest'],
    description: {
      en: 'Tells on port 80 which container answered, and what it was asked',
      zh: '在 80 端口回答：是哪个容器应答、收到了什么请求',
    },
  },
];

const BASE = {
  repository: 'drydock/base',
  description: {
    en: 'What drydock/web and drydock/api stand on',
    zh: 'drydock/web 和 drydock/api 共同的基础',
  },
};
const WEB = {
  repository: 'drydock/web',
  description: { en: 'A page that tells its version, on port 80', zh: '显示自身版本的网页，在 80 端口' },
};
const API = {
  repository: 'drydock/api',
  description: { en: 'A few facts as JSON, on port 80', zh: '以 JSON 给出几条信息，在 80 端口' },
};

/** Several versions on one base: what tags, digests and shared layers are shown with. Each prints its own by `version`. */
const OUR_OWN: readonly ImageDefinition[] = [
  { ...BASE, folder: 'drydock/base-1', package: null, version: '1.0', tags: () => ['1.0', '1'] },
  { ...BASE, folder: 'drydock/base-2', package: null, version: '2.0', tags: () => ['2.0', '2', 'latest'] },
  { ...WEB, folder: 'drydock/web-1', package: null, version: '1.0', tags: () => ['1.0'] },
  { ...WEB, folder: 'drydock/web-1', package: null, version: '1.1', tags: () => ['1.1', '1'] },
  { ...WEB, folder: 'drydock/web-2', package: null, version: '2.0', tags: () => ['2.0', '2', 'latest'] },
  { ...API, folder: 'drydock/api-1', package: null, version: '1.0', tags: () => ['1.0', '1'] },
  { ...API, folder: 'drydock/api-2', package: null, version: '2.0', tags: () => ['2.0', '2', 'latest'] },
];

export const DEFINITIONS: readonly ImageDefinition[] = [...REBUILT, ...OUR_OWN];

/** Every rebuilt image says this of itself, so that nobody takes it for its namesake. */
export const PROVENANCE = 'rebuilt from Debian packages, not the Docker Hub image';

/** The image that a FROM means, by repository and, where that holds several, by tag; `latest` where it names none. */
export function definitionOf(reference: string): ImageDefinition {
  const candidates = DEFINITIONS.filter(({ repository }) => repository === repositoryOf(reference));
  const tag = tagOf(reference);
  // Debian's version is not known before it is built, so a lone image is taken for whatever tag is named.
  const found =
    candidates.length > 1 ? candidates.find((candidate) => candidate.tags('').includes(tag)) : candidates[0];
  if (!found) throw new Error(`invariant: the catalog has no ${reference} to stand on`);
  return found;
}
