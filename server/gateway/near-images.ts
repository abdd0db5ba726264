/** Which image of the catalog comes nearest to one that it does not hold: by its name, or by what it is for. */
import { closest } from '#server/tasks/similar.ts';

/** What learners ask for, by what serves in its place here. */
const IN_PLACE_OF: Record<string, readonly string[]> = {
  debian:
    'ubuntu alpine fedora centos rockylinux almalinux archlinux amazonlinux oraclelinux opensuse kali'.split(
      ' ',
    ),
  busybox: 'alpine ubuntu bash curl toybox'.split(' '),
  nginx: 'caddy haproxy traefik envoy openresty lighttpd'.split(' '),
  httpd: 'apache apache2 php tomcat caddy'.split(' '),
  redis: 'valkey memcached keydb dragonfly'.split(' '),
  postgres: 'mysql mariadb mongo sqlite mssql cockroach cockroachdb timescaledb'.split(' '),
  python: 'node ruby golang go php perl openjdk java rust deno bun'.split(' '),
  registry: 'harbor distribution'.split(' '),
  'traefik/whoami': 'echo echo-server http-echo httpbin whoami'.split(' '),
  'docker/getting-started': 'welcome-to-docker getting-started'.split(' '),
};

/** 0 is the same repository, perhaps under another tag; the higher, the farther. */
export function nearness(wanted: string, held: string): number {
  if (wanted === held) return 0;
  const [name, other] = [lastPart(wanted), lastPart(held)];
  if (name === other) return 1;
  if (closest(name, [other]) !== null) return 2;
  if (name.includes(other) || other.includes(name)) return 3;
  return IN_PLACE_OF[held]?.includes(name) ? 4 : 5;
}

const lastPart = (repository: string) => repository.slice(repository.lastIndexOf('/') + 1);
