/** Each image, run inside a machine as a learner runs it, does what its namesake is known for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import { openLocalEngine } from '#server/engine/local/engine.ts';
import { silentLog } from '../../lib/log.ts';
import { openTestHost } from '../testing/test-host.ts';
import { DEFINITIONS } from './definitions.ts';

const SANDBOX = 'catalogq';
const MIB = 1024 ** 2;
const LIMITS = { memoryBytes: 1024 * MIB, pids: 1000, cpus: 2, diskBytes: 2048 * MIB };

let engine: Engine & AsyncDisposable;
let ref: MachineRef;

beforeAll(async () => {
  const host = await openTestHost();
  engine = await openLocalEngine(host.engine, silentLog);
  await removeAll();
  await engine.createNetwork(SANDBOX);
  ref = await engine.createMachine({
    sandbox: SANDBOX,
    machine: 'node1',
    generation: 1,
    images: [],
    limits: LIMITS,
  });
  // Now, or what a run says of its pull would stand before what its program says.
  for (const { repository } of DEFINITIONS)
    await type(`docker pull --quiet ${repository.replace(/^library\//, '')}`);
}, 300_000);

afterAll(async () => {
  await removeAll();
  await engine[Symbol.asyncDispose]();
});

/** Also what a run that was cut off left. */
async function removeAll(): Promise<void> {
  for (const machine of await engine.machines())
    if (machine.ref.sandbox === SANDBOX) await engine.removeMachine(machine.ref);
  await engine.removeNetwork(SANDBOX);
}

/** What a command in the machine says on both streams; it must end with `code`. */
async function type(command: string, code = 0): Promise<string> {
  const result = await engine.run(ref, {
    command: ['bash', '-c', `{ ${command}; } 2>&1`],
    timeoutMs: 50_000,
  });
  expect([command, result.code, result.code === code ? '' : result.stdout]).toEqual([command, code, '']);
  return result.stdout.trim();
}

/** Asks again until the answer is there: programs take a moment to start. */
async function sees(command: string, answer: string | RegExp): Promise<void> {
  const ask = async () => {
    const { stdout } = await engine.run(ref, {
      command: ['bash', '-c', `{ ${command}; } 2>&1`],
      timeoutMs: 10_000,
    });
    return stdout;
  };
  await expect.poll(ask, { timeout: 20_000, interval: 100 }).toMatch(answer);
}

async function stopsWith(container: string, code: number): Promise<void> {
  const before = performance.now();
  await type(`docker stop --time 10 ${container}`);
  // Ten seconds would mean that it was killed.
  expect(performance.now() - before).toBeLessThan(8000);
  expect(await type(`docker inspect --format '{{.State.ExitCode}}' ${container}`)).toBe(String(code));
}

test('hello-world says that it worked, and ends', async () => {
  const text = await type('docker run --rm hello-world');
  expect(text).toMatch(/^Hello from Docker!\n/);
});

test('busybox is a shell with its tools, and hands on exit codes', async () => {
  expect(await type("docker run --rm busybox sh -c 'echo hello | tr a-z A-Z'")).toBe('HELLO');
  await type("docker run --rm busybox sh -c 'exit 7'", 7);
  expect(Number(await type("docker run --rm busybox sh -c 'ls /bin | wc -l'"))).toBeGreaterThan(200);
  expect(await type('docker run --rm busybox id')).toBe('uid=0(root) gid=0(root) groups=0(root)');
});

test('debian is a bash in a clean Debian that apt and dpkg find in order', async () => {
  expect(
    await type("docker run --rm debian:trixie sh -c '. /etc/os-release && echo $VERSION_CODENAME'"),
  ).toMatch(/^trixie$/m);
  expect(await type('echo "echo shell is \\$0" | docker run --rm -i debian')).toBe('shell is bash');
  expect(
    await type("docker run --rm debian sh -c 'dpkg --audit && apt-get check -qq && ls /var/lib/apt/lists'"),
  ).toBe('');
});

describe('nginx', () => {
  test('serves its page, logs to docker logs, works as nginx, stops gracefully', async () => {
    await type('docker run -d --name web -p 8080:80 nginx:1');
    await sees('curl -fsS localhost:8080', 'Welcome to nginx!');
    await type('curl -s localhost:8080/missing');
    await sees('docker logs web 2>/dev/null', /"GET \/missing HTTP\/1.1" 404/);
    await sees('docker logs web 2>&1 >/dev/null', 'No such file or directory');
    expect(await type("docker exec web sh -c 'stat -c %U /proc/[0-9]*' | sort | uniq -c | sort -rn")).toMatch(
      /2 nginx/,
    );
    await stopsWith('web', 0);
    await sees('docker logs web', /signal 3 \(SIGQUIT\) received, shutting down/);
  });

  test('fills templates from the environment, and leaves nginx its own variables', async () => {
    await type('mkdir -p /root/templates');
    await type(
      'echo \'server { listen 81; return 200 "$WORD $host"; }\' > /root/templates/word.conf.template',
    );
    await type(
      'docker run -d --name templated -e WORD=ahoy -v /root/templates:/etc/nginx/templates -p 8081:81 nginx',
    );
    await sees('curl -s localhost:8081', 'ahoy localhost');
    await type('docker rm -f templated');
  });

  test('shows in its history how it was made', async () => {
    const history = await type("docker history --no-trunc --format '{{.CreatedBy}}' nginx");
    expect(history.split('\n')[0]).toBe('CMD ["nginx", "-g", "daemon off;"]');
    expect(history).toMatch(/^RUN .*apt-get install .* nginx/m);
  });
});

test('httpd serves htdocs, logs to docker logs, stops gracefully, and brings htpasswd', async () => {
  await type('docker run -d --name apache -p 8082:80 httpd:2.4');
  await sees('curl -fsS localhost:8082', 'It works!');
  await sees('docker logs apache', /"GET \/ HTTP\/1.1" 200/);
  await type("docker exec apache sh -c 'echo mine > /usr/local/apache2/htdocs/index.html'");
  expect(await type('curl -fsS localhost:8082')).toBe('mine');
  expect(await type('docker exec apache httpd -t')).toBe('Syntax OK');
  await stopsWith('apache', 0);
  expect(await type('docker run --rm --entrypoint htpasswd httpd:2 -Bbn learner secret')).toMatch(
    /^learner:\$2y\$/m,
  );
});

describe('redis', () => {
  test('answers other containers, and keeps its data in a volume over a new container', async () => {
    await type('docker network create cache');
    await type('docker run -d --name store --network cache -v kept:/data redis');
    await sees('docker run --rm --network cache redis redis-cli -h store ping', 'PONG');
    expect(await type('docker run --rm --network cache redis redis-cli -h store set ship dry')).toBe('OK');
    await stopsWith('store', 0);
    await type('docker rm store && docker run -d --name store -v kept:/data redis --appendonly no');
    await sees('docker exec store redis-cli get ship', 'dry');
  });

  test('works as the user redis, and a decision about protected mode stays with its user', async () => {
    expect(await type("docker exec store sh -c 'stat -c %U /proc/1 /data'")).toBe('redis\nredis');
    expect(await type('docker exec store redis-cli config get protected-mode')).toMatch(/no$/);
    await type('docker run -d --name shut redis --protected-mode yes');
    await sees('docker exec shut redis-cli config get protected-mode', /yes\s*$/);
    await type('docker rm -f store shut');
  });
});

test('registry takes a push, gives it back, deletes and collects what its environment allows', async () => {
  await type('docker run -d --name depot -p 5000:5000 -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2');
  await sees('curl -s localhost:5000/v2/', '{}');
  await type('docker tag hello-world localhost:5000/mine:1 && docker push localhost:5000/mine:1');
  expect(await type('curl -s localhost:5000/v2/mine/tags/list')).toBe('{"name":"mine","tags":["1"]}');
  await type('docker rmi localhost:5000/mine:1 && docker run --rm localhost:5000/mine:1');
  const digest = await type(
    "curl -sI -H 'accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5000/v2/mine/manifests/1 | sed -n 's/^docker-content-digest: //Ip' | tr -d '\\r'",
  );
  expect(
    await type(`curl -s -o /dev/null -w '%{http_code}' -X DELETE localhost:5000/v2/mine/manifests/${digest}`),
  ).toBe('202');
  expect(await type('docker exec depot registry garbage-collect /etc/docker/registry/config.yml')).toContain(
    '3 blobs and 0 manifests eligible for deletion',
  );
  await type('docker rm -fv depot');
});

test('getting-started greets on port 80, as the command that everybody knows starts it', async () => {
  await type('docker run -d --name start -p 80:80 docker/getting-started');
  await sees('curl -fsS localhost', 'You are inside a container');
  expect(await type('curl -sI localhost/style.css')).toMatch(/content-type: text\/css/i);
  await stopsWith('start', 0);
});

test.each([
  ['hello-world', { Cmd: ['/hello'] }],
  ['busybox', { Cmd: ['sh'] }],
  ['debian', { Cmd: ['bash'] }],
  [
    'nginx',
    {
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
  ],
  [
    'httpd',
    {
      Cmd: ['httpd-foreground'],
      WorkingDir: '/usr/local/apache2',
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGWINCH',
    },
  ],
  [
    'redis',
    {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      WorkingDir: '/data',
      Volumes: { '/data': {} },
      ExposedPorts: { '6379/tcp': {} },
    },
  ],
  [
    'registry:2',
    {
      Entrypoint: ['/entrypoint.sh'],
      Cmd: ['/etc/docker/registry/config.yml'],
      Volumes: { '/var/lib/registry': {} },
      ExposedPorts: { '5000/tcp': {} },
    },
  ],
  ['docker/getting-started', { ExposedPorts: { '80/tcp': {} }, Cmd: ['nginx', '-g', 'daemon off;'] }],
])('%s is described as its namesake is', async (image, config) => {
  await type(`docker pull --quiet ${image}`);
  expect(JSON.parse(await type(`docker image inspect --format '{{json .Config}}' ${image}`))).toMatchObject(
    config,
  );
});
