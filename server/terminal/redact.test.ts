import { expect, test } from 'vitest';
import { redactCommandLine } from './redact.ts';

test.each([
  ['docker login -u me -p hunter2 localhost:5000', 'docker login -u me -p *** localhost:5000'],
  ['docker login -u me -phunter2', 'docker login -u me -p***'],
  ["docker login -p 'two words' -u me", 'docker login -p *** -u me'],
  ['docker login --password hunter2 --username me', 'docker login --password *** --username me'],
  ['docker login --password=hunter2', 'docker login --password=***'],
  ['docker run -e MYSQL_ROOT_PASSWORD=hunter2 -d mysql', 'docker run -e MYSQL_ROOT_PASSWORD=*** -d mysql'],
  ['docker run -e "POSTGRES_PASSWORD=a b" postgres', 'docker run -e "POSTGRES_PASSWORD=***" postgres'],
  ["docker run --env=API_TOKEN='x y' web", 'docker run --env=API_TOKEN=*** web'],
  ['docker run -d mysql --env MYSQL_PWD=hunter2', 'docker run -d mysql --env MYSQL_PWD=***'],
  ['export AWS_SECRET_ACCESS_KEY=hunter2; ls', 'export AWS_SECRET_ACCESS_KEY=***; ls'],
  ['PGPASSWORD=hunter2 psql -h db', 'PGPASSWORD=*** psql -h db'],
  ['git clone https://me:hunter2@example.com/x.git', 'git clone https://me:***@example.com/x.git'],
  ['curl -H "Authorization: Bearer hunter2" localhost', 'curl -H "Authorization: ***" localhost'],
  ["curl -H 'X-Auth-Token: hunter2' localhost", "curl -H 'X-Auth-Token: ***' localhost"],
  ['curl -u me:hunter2 localhost:5000/v2/', 'curl -u me:*** localhost:5000/v2/'],
  [`curl -d '{"password": "hunter2", "name": "me"}' x`, `curl -d '{"password": ***, "name": "me"}' x`],
  ['mysql -uroot -phunter2 -h db', 'mysql -uroot -p*** -h db'],
  ['redis-cli -a hunter2 ping', 'redis-cli -a *** ping'],
  ['docker run httpd htpasswd -Bbn me hunter2 > auth', 'docker run httpd htpasswd -Bbn me *** > auth'],
  ['htpasswd -cb auth me hunter2', 'htpasswd -cb auth me ***'],
  ['openssl rsa -passin pass:hunter2 -in k', 'openssl rsa -passin pass:*** -in k'],
  ['echo hunter2 | docker login -u me --password-stdin', 'echo *** | docker login -u me --password-stdin'],
  ['printf "hunter2" | docker secret create db -', 'printf *** | docker secret create db -'],
  ['docker login --password-stdin <<< hunter2', 'docker login --password-stdin <<< ***'],
  ['docker login --password-stdin <<EOF\nhunter2\nEOF', 'docker login --password-stdin <<EOF\n***\nEOF'],
])('%s', (line, blotted) => {
  expect(redactCommandLine(line)).toBe(blotted);
  expect(redactCommandLine(line)).not.toContain('hunter2');
});

test.each([
  'docker run -d -p 8080:80 nginx',
  'docker run --name web -p 127.0.0.1:80:80 -e COLOR=blue nginx',
  'docker login --password-stdin < file',
  'docker pull localhost:5000/team/app:1.0',
  'curl http://localhost:8080/login',
  'echo 你好 > 文件.txt',
  'cat <<EOF > compose.yaml\nservices:\n  web:\n    image: nginx\nEOF',
  'mkdir -p /srv/passwords && cd /srv/passwords',
  'docker build -t app --pull .',
])('%s stays as it is', (line) => {
  expect(redactCommandLine(line)).toBe(line);
});

test('a long hostile line is read in time', () => {
  const started = performance.now();
  redactCommandLine('docker login '.repeat(300));
  redactCommandLine(`echo ${'a '.repeat(2000)}| `);
  redactCommandLine(`password=${"'".repeat(4000)}`);
  redactCommandLine('htpasswd -b '.repeat(340));
  redactCommandLine(`htpasswd -${'bn'.repeat(2040)}`);
  redactCommandLine(`htpasswd -${'b'.repeat(4080)}`);
  expect(performance.now() - started).toBeLessThan(1000);
});
