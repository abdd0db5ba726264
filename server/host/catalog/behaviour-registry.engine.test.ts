/** A registry of one's own, run inside a machine: push, pull, delete, collect, and passwords made by httpd's htpasswd. */
import { afterEach, expect, test } from 'vitest';
import { useLearner } from '../testing/learner.ts';

const { type, sees, stopsWith } = useLearner('catalogr', [
  'registry:2',
  'httpd',
  'hello-world',
  'drydock/web:1.0',
]);

const ACCEPT = "-H 'accept: application/vnd.docker.distribution.manifest.v2+json'";

const digestOf = (tag: string) =>
  type(
    `curl -sI ${ACCEPT} localhost:5000/v2/mine/manifests/${tag} | sed -n 's/^docker-content-digest: //Ip' | tr -d '\\r'`,
  );
const deletes = (digest: string) =>
  type(`curl -s -o /dev/null -w '%{http_code}' -X DELETE localhost:5000/v2/mine/manifests/${digest}`);

afterEach(() => type('docker rm -fv depot'));

test('takes a push, gives it back, deletes and collects what its environment allows', async () => {
  await type('docker run -d --name depot -p 5000:5000 -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2');
  await sees('curl -s localhost:5000/v2/', '{}');
  await type('docker tag hello-world localhost:5000/mine:1 && docker push localhost:5000/mine:1');
  expect(await type('curl -s localhost:5000/v2/mine/tags/list')).toBe('{"name":"mine","tags":["1"]}');
  await type('docker rmi localhost:5000/mine:1 && docker run --rm localhost:5000/mine:1');
  expect(await deletes(await digestOf('1'))).toBe('202');
  const collected = await type('docker exec depot registry garbage-collect /etc/docker/registry/config.yml');
  expect(collected).toContain('3 blobs and 0 manifests eligible for deletion');
  await stopsWith('depot', 2);
});

test('keeps what is there where deleting is not allowed', async () => {
  await type('docker run -d --name depot -p 5000:5000 registry:2');
  await sees('curl -s localhost:5000/v2/', '{}');
  await type('docker tag hello-world localhost:5000/mine:1 && docker push localhost:5000/mine:1');
  expect(await deletes(await digestOf('1'))).toBe('405');
});

test('lets only those in whom its htpasswd file names', async () => {
  await type(
    'mkdir -p /root/auth && docker run --rm --entrypoint htpasswd httpd -Bbn ann aye > /root/auth/htpasswd',
  );
  const auth =
    '-e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=depot -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd';
  await type(`docker run -d --name depot -p 5000:5000 -v /root/auth:/auth ${auth} registry:2`);
  await sees("curl -s -o /dev/null -w '%{http_code}' localhost:5000/v2/", '401');
  await type('docker tag drydock/web:1.0 localhost:5000/mine:1');
  expect(await type('docker push localhost:5000/mine:1', 1)).toContain('no basic auth credentials');
  expect(await type('echo wrong | docker login -u ann --password-stdin localhost:5000', 1)).toContain('401');
  expect(await type('echo aye | docker login -u ann --password-stdin localhost:5000')).toContain(
    'Login Succeeded',
  );
  await type('docker push localhost:5000/mine:1');
  await type('docker rmi localhost:5000/mine:1 && docker pull localhost:5000/mine:1');
  await type('docker logout localhost:5000 && docker rmi localhost:5000/mine:1');
  await type('docker pull localhost:5000/mine:1', 1);
});
