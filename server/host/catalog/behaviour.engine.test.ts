/** Each image, run inside a machine as a learner runs it, does what its namesake is known for. */
import { describe, expect, test } from 'vitest';
import { useLearner } from '../testing/learner.ts';

const IMAGES = ['hello-world', 'busybox', 'debian', 'nginx', 'httpd', 'docker/getting-started'];

const { type, sees, stopsWith } = useLearner('catalogq', IMAGES);

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

test('getting-started greets on port 80, as the command that everybody knows starts it', async () => {
  await type('docker run -d --name start -p 80:80 docker/getting-started');
  await sees('curl -fsS localhost', 'You are inside a container');
  expect(await type('curl -sI localhost/style.css')).toMatch(/content-type: text\/css/i);
  await stopsWith('start', 0);
});
