/** In a real machine, everything that a learner of Docker does works as it does on a computer of one's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OpenMachine } from './testing/open-machine.ts';

let machine: OpenMachine;
beforeAll(async () => {
  machine = await OpenMachine.open('mtestaaa', ['debian', 'busybox', 'nginx']);
}, 900_000);
afterAll(() => machine?.[Symbol.asyncDispose]());

const says = (script: string, timeoutMs?: number) => machine.says(script, timeoutMs);

test('the engine is Docker 26 with overlay2, buildx and compose', async () => {
  expect(await says("docker version -f '{{.Server.Version}}'")).toMatch(/^26\./);
  expect(await says("docker info -f '{{.Driver}} {{.Swarm.LocalNodeState}}'")).toBe('overlay2 inactive');
  expect(await says('docker buildx version && docker compose version')).toMatch(/buildx.*\n.*Compose/);
});

test('the engine keeps its memory small: addresses stand in its file, and huge pages come only when asked for', async () => {
  // ET_EXEC (elf(5)); on other processors it stays as Debian made it.
  const type = await says('od -An -tu2 -j16 -N2 /usr/sbin/dockerd');
  if (process.arch === 'x64') expect(type.trim()).toBe('2');
  expect(await says('grep THP_enabled /proc/$(pgrep -x dockerd)/status')).toBe('THP_enabled:\t0');
});

test.each([
  ['nano', 'nano --version'],
  ['vim', 'vim --version'],
  ['vi', 'vi --version'],
  ['less', 'less --version'],
  ['curl', 'curl --version'],
  ['jq', 'jq --version'],
  ['tree', 'tree --version'],
  ['git', 'git --version'],
  ['ctr', 'ctr version'],
  ['runc', 'runc --version'],
  ['openssl', 'openssl version'],
  ['sudo', 'sudo docker version'],
  ['ping', 'ping -c 1 -W 1 127.0.0.1'],
  ['systemctl', 'systemctl status docker'],
])('%s is there and works', async (_, command) => {
  expect((await machine.run(command)).code).toBe(0);
});

test('editors and pager understand UTF-8', async () => {
  expect(await says("printf '你好\\n' | LANG=C.UTF-8 less -F")).toBe('你好');
  const typed =
    "printf 'i你好\\033:wq\\r' | LANG=C.UTF-8 TERM=dumb vim -T dumb /tmp/greeting >/dev/null; wc -m </tmp/greeting";
  // Two characters and the end of the line.
  expect(await says(`LC_ALL=C.UTF-8; export LC_ALL; ${typed}`)).toMatch(/3$/);
});

test('the Tab key knows docker', async () => {
  const complete = `source /usr/share/bash-completion/bash_completion; _completion_loader docker;
    COMP_WORDS=(docker netw); COMP_CWORD=1; COMP_LINE='docker netw'; COMP_POINT=11;
    $(complete -p docker | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p') docker netw docker; echo "\${COMPREPLY[@]}"`;
  expect(await says(complete)).toContain('network');
});

test('names lead to the mirror, the unknown fails at once', async () => {
  expect(await says('cat /etc/resolv.conf')).toMatch(
    /^nameserver [\d.]+\nsearch mtestaaa\.drydock\noptions timeout:1 attempts:1$/,
  );
  const started = Date.now();
  expect((await machine.run('docker pull no-such-image')).code).not.toBe(0);
  expect(Date.now() - started).toBeLessThan(2000);
  expect(await says('docker pull -q hello-world')).toContain('hello-world');
});

test('run, publish, logs, exec, copy, commit', async () => {
  await says('docker run -d --name web -p 8080:80 nginx');
  expect(await says('curl -s --retry 20 --retry-connrefused --retry-delay 0 localhost:8080')).toContain(
    'nginx',
  );
  await says("docker exec web sh -c 'echo hello >/tmp/file' && docker cp web:/tmp/file /tmp/copied");
  expect(await says('cat /tmp/copied; docker diff web')).toMatch(/^hello\n.*A \/tmp\/file/s);
  await says('docker commit web kept');
  expect(await says('docker run --rm kept cat /tmp/file')).toBe('hello');
  expect(await says('docker logs web')).toContain('GET / HTTP');
  await says('docker rm -f web');
});

test('limits, stats and pause act', async () => {
  await says('docker run -d --name limited -m 64m --cpus 0.5 --pids-limit 50 busybox sleep 1000');
  expect(await says("docker stats --no-stream --format '{{.MemUsage}}' limited")).toMatch(/\/ 64MiB$/);
  await says('docker pause limited');
  expect(await says("docker inspect -f '{{.State.Status}}' limited")).toBe('paused');
  await says(
    'docker unpause limited && docker update -m 32m --memory-swap 32m limited && docker rm -f limited',
  );
  const eaten = await machine.run(
    "docker run --name eater -m 32m --memory-swap 32m busybox sh -c 'x=a; while :; do x=$x$x; done'",
  );
  expect(eaten.code).not.toBe(0);
  expect(await says("docker inspect -f '{{.State.OOMKilled}}' eater; docker rm -f eater >/dev/null")).toBe(
    'true',
  );
});

test('--privileged, host namespaces and mounts by hand work', async () => {
  expect(await says('docker run --rm --privileged busybox mount -t tmpfs none /tmp && echo mounted')).toBe(
    'mounted',
  );
  expect(await says('docker run --rm --pid host busybox ps')).toContain('dockerd');
  await says('docker run -d --name hosted --network host nginx');
  expect(await says('curl -s --retry 20 --retry-connrefused --retry-delay 0 localhost:80')).toContain(
    'nginx',
  );
  await says('docker rm -f hosted');
  await says('mkdir -p /tmp/o && mount -t tmpfs none /tmp/o && cd /tmp/o && mkdir l u w m && echo x >l/f');
  expect(await says('cd /tmp/o && mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m && cat m/f')).toBe(
    'x',
  );
  await says('umount /tmp/o/m /tmp/o');
});

test('volumes keep what containers leave, also by bind and tmpfs', async () => {
  await says("docker run --rm -v data:/d busybox sh -c 'echo kept >/d/f'");
  expect(await says('docker run --rm -v data:/d busybox cat /d/f')).toBe('kept');
  await says('mkdir -p /root/site && echo bound >/root/site/f');
  expect(await says('docker run --rm -v /root/site:/s:ro --tmpfs /t busybox cat /s/f')).toBe('bound');
  await says('docker volume rm data');
});

test('containers on a network of their own find each other by name, and the mirror', async () => {
  await says('docker network create shop && docker run -d --name api --network shop nginx');
  expect(await says('docker run --rm --network shop busybox wget -qO- http://api')).toContain('nginx');
  expect(await says('docker run --rm --network shop busybox nslookup mirror.drydock')).toContain('10.');
  await says('docker rm -f api && docker network rm shop');
});

const DOCKERFILE = `FROM busybox\\nRUN echo built >/made\\nCMD [\\"cat\\",\\"/made\\"]\\n`;

test.each(['0', '1'])('an image is built with DOCKER_BUILDKIT=%s, and from the cache again', async (kit) => {
  await says(`mkdir -p /root/b && printf "${DOCKERFILE}" >/root/b/Dockerfile`);
  const build = `cd /root/b && DOCKER_BUILDKIT=${kit} docker build -t built${kit} .`;
  await says(build);
  expect(await says(build)).toMatch(/CACHED|Using cache/);
  expect(await says(`docker run --rm built${kit}`)).toBe('built');
});

test('compose brings services up and down', async () => {
  const file =
    'services:\\n  web:\\n    image: nginx\\n    ports: [\\"8090:80\\"]\\n  ask:\\n    image: busybox\\n    depends_on: [web]\\n    command: wget -qO- --tries=3 http://web\\n';
  await says(
    `mkdir -p /root/c && printf "${file}" >/root/c/compose.yaml && cd /root/c && docker compose up -d`,
  );
  expect(await says('curl -s --retry 20 --retry-connrefused --retry-delay 0 localhost:8090')).toContain(
    'nginx',
  );
  expect(await says('cd /root/c && docker compose ps --format json | jq -r .Service')).toContain('web');
  await says('cd /root/c && docker compose down -t 0');
});

test('the editor goes by the same schema of compose files as compose itself', async () => {
  const schema = readFileSync(
    join(import.meta.dirname, '../../../app/_features/editor/help/compose/compose-spec.json'),
  );
  await says(`echo ${schema.toString('base64')} | base64 -d >/root/schema`);
  const seek =
    'local $/; my ($schema, $program) = map { open my $file, "<", $_ or die $!; <$file> } @ARGV; print index($program, $schema) < 0 ? "another" : "the same"';
  expect(await says(`perl -e '${seek}' /root/schema /usr/libexec/docker/cli-plugins/docker-compose`)).toBe(
    'the same',
  );
});

test('a swarm of one runs a service', async () => {
  await says('docker swarm init --advertise-addr eth0');
  await says('docker service create --name s --replicas 2 --detach=false busybox sleep 1000', 50_000);
  expect(await says("docker service ls --format '{{.Replicas}}'")).toBe('2/2');
  await says('docker service rm s && docker swarm leave --force');
});

test('what lies behind the machine is out of sight', async () => {
  expect(await says('cat /proc/mounts')).not.toMatch(/outer|upperdir=\/state.*\n.* \/state /);
  expect(await says('ls /state; df --output=target')).toContain('/var/lib/docker');
});

test('nobody makes a subvolume, which would escape the disk quota', async () => {
  const make = (command: string) => `perl -e 'use Fcntl; sysopen(my $d, "/var/lib/docker", O_RDONLY) or die;
    my $name = pack("q a4088", 0, "escape"); print ioctl($d, ${command}, $name) ? "made" : "refused: $!"'`;
  expect(await says(make('0x5000940e'))).toBe('refused: Operation not permitted');
  expect(await says(make('0x50009401'))).toBe('refused: Operation not permitted');
});

test('the kernel seems to have no keyrings, and its io_uring is shut', async () => {
  const call = (numbers: string) => says(`perl -e 'print syscall(${numbers}) == -1 ? $! + 0 : "done"'`);
  const [keyctl, uring] = process.arch === 'x64' ? ['250', '425'] : ['219', '425'];
  expect(await call(`${keyctl}, 0, -3, 0`)).toBe('38');
  expect(await call(`${uring}, 1, 0`)).toBe('1');
});

test('orphans are reaped', async () => {
  await says(
    "for i in $(seq 20); do sh -c '(exec true) & exec sleep 0.01' & done; wait; (setsid sh -c 'sleep 0.05' &)",
  );
  expect(await says("timeout 5 sh -c 'while ps axo stat= | grep -q ^Z; do :; done' && echo none")).toBe(
    'none',
  );
});
