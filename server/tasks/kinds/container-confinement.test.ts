/** Near misses of what a container runs and how it is shut in. */
import { expect, test } from 'vitest';
import type { ContainerExpectation } from '#server/lessons/expectation.ts';
import type { Container } from '#server/world/contract.ts';
import { container, sources } from '../testing/worlds.ts';
import { judgeContainer } from './container.ts';

const db = container({ id: 'a'.repeat(64), name: 'db' });
const tight = container({
  name: 'web',
  command: ['/bin/sh', '-c', 'sleep 300'],
  user: 'app',
  readOnlyRoot: true,
  capAdd: ['CAP_NET_ADMIN'],
  capDrop: ['ALL'],
  pidMode: 'host',
  networkMode: `container:${db.id}`,
});
const plain = container({ name: 'web', command: ['nginx'], networkMode: 'default' });

const judge = (expect: ContainerExpectation, web: Container) =>
  judgeContainer({ name: 'web', ...expect }, sources({ containers: [db, web] }));
test('all of it passes', () => {
  const all: ContainerExpectation = {
    command: 'sleep 300',
    user: 'app',
    readOnlyRoot: true,
    capAdd: ['NET_ADMIN'],
    capDrop: ['ALL'],
    pidMode: 'host',
    networkMode: 'container:db',
    outOfMemory: false,
  };
  expect(judge(all, tight).passed).toBe(true);
  expect(judge({ networkMode: 'bridge', readOnlyRoot: false }, plain).passed).toBe(true);
});

test.each<[ContainerExpectation, Container, string]>([
  [{ command: 'sleep 30 ' }, tight, 'it runs /bin/sh -c sleep 300'],
  [{ user: 'root' }, tight, 'it runs as app'],
  [{ user: 'app' }, plain, 'no user is set, so it runs as root'],
  [{ readOnlyRoot: true }, plain, 'its root file system is writable'],
  [{ readOnlyRoot: false }, tight, 'its root file system is read-only'],
  [{ capAdd: ['SYS_TIME'] }, tight, 'you added NET_ADMIN'],
  [{ capAdd: ['SYS_TIME'] }, plain, 'you added no capability'],
  [{ capDrop: ['CHOWN'] }, tight, 'you dropped ALL'],
  [{ capDrop: ['CHOWN'] }, plain, 'you dropped no capability'],
  [{ pidMode: 'host' }, plain, 'it has processes of its own only'],
  [{ pidMode: 'container:db' }, tight, 'processes: host'],
  [{ networkMode: 'host' }, tight, 'network: container:db'],
])('%j is missed in words', (wanted, web, words) => {
  const verdict = judge(wanted, web);
  expect(verdict).toMatchObject({ passed: false, near: true });
  const [field] = Object.keys(wanted);
  expect(verdict.facts.filter(({ ok }) => !ok)).toMatchObject([{ field, words: { en: words } }]);
});

test('running out of memory is awaited, not missed', () => {
  expect(judge({ outOfMemory: true }, plain)).toMatchObject({ passed: false, near: false });
  const killed = { ...plain, state: 'exited' as const, exitCode: 137, outOfMemory: true };
  expect(judge({ outOfMemory: true }, killed).passed).toBe(true);
});
