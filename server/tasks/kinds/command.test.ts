/** What was typed is compared word by word, not letter by letter. */
import { expect, test } from 'vitest';
import { splitCommands } from '../command-line.ts';
import { sources } from '../testing/worlds.ts';
import { judgeCommand } from './command.ts';

const passes = (pattern: string | string[], ...commands: [string, number?][]) =>
  judgeCommand({ line: pattern }, sources({ commands })).passed;

test.each([
  ['docker ps -a', 'docker ps -a', true],
  ['docker ps -a', 'docker ps --no-trunc -a', true],
  ['docker ps -a|--all', 'docker ps --all', true],
  ['docker ps -a', 'docker ps -aq', true],
  ['docker ps -a', 'docker ps', false],
  ['docker ps -a', 'docker ps --all-of-it', false],
  ['docker ps|ls', 'docker container ls', true],
  ['docker images', 'docker image ls', false],
  ['docker run nginx', 'docker run -d -p 8080:80 --name web nginx', true],
  ['docker run nginx', 'docker run "nginx"', true],
  ['docker run nginx', 'sudo docker run nginx', true],
  ['docker run nginx', 'A=b docker run nginx > out 2>&1', true],
  ['docker run nginx', 'echo docker run nginx', false],
  ['docker run nginx', '# docker run nginx', false],
  ['docker run nginx', 'cd /tmp && docker run nginx', true],
  ['docker logs', 'docker logs web | grep GET', true],
  ['docker rm *', 'docker rm web', true],
  ['docker rm *', 'docker rm', false],
  ['docker run -it', 'docker run -ti debian', true],
  ['docker run -it', 'docker run -i debian', false],
  ['docker inspect --format', "docker inspect --format='{{.Id}}' web", true],
  ['docker stop web', 'docker web stop', false],
])('%s fits `%s`: %s', (pattern, line, fits) => {
  expect(passes(pattern, [line])).toBe(fits);
});

test('one of several patterns is enough', () => {
  expect(passes(['docker images', 'docker image ls'], ['docker image ls'])).toBe(true);
});

test('a command that failed does not count, and its code is told', () => {
  const verdict = judgeCommand({ line: 'docker ps -a' }, sources({ commands: [['docker ps -a', 127]] }));
  expect(verdict).toMatchObject({ passed: false, near: true });
  expect(verdict.facts[1]).toMatchObject({
    field: 'exitCode',
    ok: false,
    actual: '127',
    words: { en: '“docker ps -a” ended with 127' },
  });
});

test('any exit code can be asked for, or one that is not 0', () => {
  expect(judgeCommand({ line: 'false', exitCode: 1 }, sources({ commands: [['false', 1]] })).passed).toBe(
    true,
  );
  expect(judgeCommand({ line: 'false', exitCode: 'any' }, sources({ commands: [['false', 1]] })).passed).toBe(
    true,
  );
});

test('a missing flag is told', () => {
  const { near, facts } = judgeCommand({ line: 'docker ps -a' }, sources({ commands: [['docker ps']] }));
  expect(near).toBe(true);
  expect(facts[0]).toMatchObject({
    field: 'line',
    ok: false,
    words: { en: 'you typed “docker ps”; -a is missing' },
  });
});

test('another command altogether is no near miss', () => {
  expect(
    judgeCommand({ line: 'docker ps -a' }, sources({ commands: [['ls -a'], ['docker images']] })).near,
  ).toBe(false);
});

test('a command on another machine does not count where one is named', () => {
  expect(judgeCommand({ line: 'ls', machine: 'node2' }, sources({ commands: [['ls']] })).passed).toBe(false);
});

test('lines are taken apart as a shell would', () => {
  expect(splitCommands('a "b c" \'d;e\' f\\ g; h | i && (j) > out # k')).toEqual([
    ['a', 'b c', 'd;e', 'f g'],
    ['h'],
    ['i'],
    ['j'],
  ]);
  expect(splitCommands('cat <<EOF > f\nx y\nEOF')).toEqual([['cat'], ['x', 'y'], ['EOF']]);
  expect(splitCommands(`${'('.repeat(5000)}`)).toEqual([]);
  expect(splitCommands('echo "open')).toEqual([['echo', '"open']]);
});
