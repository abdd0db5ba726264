/** What the catalog holds: each repository, where its Dockerfile lies, and how its tags follow from Debian's versions. */
import { versionTags } from './tags.ts';

export type ImageDefinition = {
  /** As Docker Hub names it and a registry mirror is asked for it. */
  repository: string;
  /** Folder below `files/`. */
  folder: string;
  /** Debian package that gives the image its version, or null where the image has none. */
  package: string | null;
  /** From the upstream version of the package, or Debian's release. */
  tags: (version: string) => string[];
  description: string;
};

export const DEFINITIONS: readonly ImageDefinition[] = [
  {
    repository: 'library/debian',
    folder: 'debian',
    package: null,
    tags: (release) => [...versionTags(release), 'trixie', 'stable', 'trixie-slim', 'stable-slim'],
    description: 'A minimal Debian to start from',
  },
  {
    repository: 'library/hello-world',
    folder: 'hello-world',
    package: null,
    tags: () => ['linux', 'latest'],
    description: 'One tiny program that says that your engine works',
  },
  {
    repository: 'library/busybox',
    folder: 'busybox',
    package: 'busybox-static',
    tags: (version) => [...versionTags(version), 'stable', 'glibc'],
    description: 'A shell and hundreds of small tools in one file',
  },
  {
    repository: 'library/nginx',
    folder: 'nginx',
    package: 'nginx',
    tags: (version) => [...versionTags(version), 'stable', 'trixie'],
    description: 'The nginx web server',
  },
  {
    repository: 'library/httpd',
    folder: 'httpd',
    package: 'apache2-bin',
    tags: (version) => [...versionTags(version), 'trixie'],
    description: 'The Apache web server',
  },
  {
    repository: 'library/redis',
    folder: 'redis',
    package: 'redis-server',
    tags: (version) => [...versionTags(version), 'trixie'],
    description: 'The Redis key-value store',
  },
  {
    repository: 'library/registry',
    folder: 'registry',
    package: 'docker-registry',
    tags: (version) => versionTags(version),
    description: 'A registry: keeps and serves images',
  },
  {
    repository: 'docker/getting-started',
    folder: 'getting-started',
    package: null,
    tags: () => ['latest'],
    description: 'A page to meet containers with, on port 80',
  },
];

/** Every image says this of itself, so that nobody takes it for its namesake. */
export const PROVENANCE = 'rebuilt from Debian packages, not the Docker Hub image';
