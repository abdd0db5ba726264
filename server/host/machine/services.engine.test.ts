/** A machine's engine obeys `service docker`, survives accidents, and a machine sleeps and wakes without loss. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { OpenMachine } from './testing/open-machine.ts';

let machine: OpenMachine;
beforeAll(async () => {
  machine = await OpenMachine.open('mtestbbb', ['busybox']);
}, 900_000);
afterAll(() => machine?.[Symbol.asyncDispose]());

const says = (script: string) => machine.says(script);
const DEFAULTS = '{"registry-mirrors": ["http://mirror.drydock:5000"], "storage-driver": "overlay2"}';

afterEach(async () => {
  await says(`echo '${DEFAULTS}' >/etc/docker/daemon.json; service docker restart`);
});

test('stopped it stays stopped, started it answers when the command returns', async () => {
  await says('service docker stop');
  expect((await machine.run('docker ps')).stdout).toContain('Cannot connect to the Docker daemon');
  expect((await machine.run('service docker status')).code).toBe(3);
  expect(await says('service docker stop')).toContain('already stopped');
  await says('service docker start && docker ps');
  expect(await says('service docker status')).toBe('Docker is running.');
});

test('a restart keeps containers as their restart policies say', async () => {
  await says("docker run -d --restart always --name stays busybox sh -c 'trap exit TERM; sleep 1000 & wait'");
  await says("docker run -d --name goes busybox sh -c 'trap exit TERM; sleep 1000 & wait'");
  await says('service docker restart');
  expect(await says("docker ps --format '{{.Names}}'")).toBe('stays');
  expect(await says("docker ps -a --format '{{.Names}}' | sort | xargs")).toBe('goes stays');
  await says('docker rm -f stays goes');
});

test('daemon.json takes effect: labels, another socket, insecure registries, reload', async () => {
  await says(
    `echo '{"hosts":["unix:///var/run/docker.sock","tcp://127.0.0.1:2375"],"log-level":"info","debug":true,
      "insecure-registries":["registry.lan:5000"],"labels":["lesson=1"]}' >/etc/docker/daemon.json
     systemctl restart docker`,
  );
  const info = await says(
    "docker -H tcp://127.0.0.1:2375 info -f '{{.Debug}} {{.Labels}} {{json .RegistryConfig}}'",
  );
  expect(info).toMatch(/^true \[lesson=1\].*registry\.lan:5000/);
  // Left out by the learner, and needed all the same: without a mirror there are no images.
  expect(info).toContain('mirror.drydock:5000');
  await says(`echo '{"debug":false,"labels":["lesson=2"]}' >/etc/docker/daemon.json; service docker restart`);
  expect(await says("docker info -f '{{.Debug}} {{.Labels}}'")).toBe('false [lesson=2]');
});

test('a build finds its base in the mirror, whatever daemon.json says of mirrors', async () => {
  const build = `printf 'FROM hello-world\nLABEL built=here\n' | docker build -q -`;
  expect(await says(build)).toContain('sha256:');
  await says(`echo '{"labels":["lesson=3"]}' >/etc/docker/daemon.json; service docker restart`);
  expect(await says(`docker builder prune -af >/dev/null; ${build}`)).toContain('sha256:');
});

test('a broken daemon.json fails with its reason, and mending it helps', async () => {
  await says("echo '{broken' >/etc/docker/daemon.json");
  const failed = await machine.run('service docker restart');
  expect(failed.code).toBe(1);
  expect(failed.stdout).toMatch(/failed!.*invalid character 'b'/s);
  await says(`echo '${DEFAULTS}' >/etc/docker/daemon.json; service docker start; docker ps`);
});

test('a machine with a broken daemon.json still wakes', async () => {
  await says("echo '{broken' >/etc/docker/daemon.json");
  await machine.engine.stopMachine(machine.ref);
  await machine.engine.startMachine(machine.ref);
  expect(await says('cat /etc/docker/daemon.json')).toBe('{broken');
});

test('a killed engine comes back by itself', async () => {
  await says('kill -9 $(cat /run/docker.pid); timeout 20 sh -c "until docker ps; do :; done"');
  await says(
    'kill -9 $(pidof containerd); timeout 20 sh -c "until docker run --rm busybox true; do :; done"',
  );
});

test('a fork bomb leaves the engine its reserve', async () => {
  const bomb = await machine.engine.exec(machine.ref, {
    command: ['bash', '-c', 'b() { b | b & }; ulimit -c 0; b 2>/dev/null; sleep 5'],
    asLearner: true,
  });
  await says(
    "timeout 20 sh -c 'until [ $(cat /sys/fs/cgroup/pids/user/pids.current /sys/fs/cgroup/user/pids.current 2>/dev/null) -gt 600 ]; do :; done'",
  );
  expect((await machine.run('docker ps')).code).toBe(0);
  bomb.close();
  await machine.engine.stopMachine(machine.ref);
  await machine.engine.startMachine(machine.ref);
});

test('sleep takes under three seconds and keeps files, containers and scrollback', async () => {
  await says('/usr/local/lib/drydock/agent terminal-start one 80 24');
  await says('echo kept >/root/file; docker run -d --restart always --name alive busybox sleep 1000');
  const started = Date.now();
  await machine.engine.stopMachine(machine.ref);
  expect(Date.now() - started).toBeLessThan(3000);
  await machine.engine.startMachine(machine.ref);
  expect(await says("cat /root/file; docker ps --format '{{.Names}}'")).toBe('kept\nalive');
  expect(await says('head -c 8 /var/lib/drydock/terminals/one')).toBe('drydock1');
  await says('docker rm -f alive');
});
