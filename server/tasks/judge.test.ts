/** Expectations combine: all, any, not. */
import { expect, test } from 'vitest';
import { judge, judgeAll } from './judge.ts';
import { container, sources } from './testing/worlds.ts';

const web = { container: { name: 'web', running: true } };
const db = { container: { name: 'db', running: true } };
const onlyWeb = sources({ containers: [container({ name: 'web' })] });

test('all must pass; one of two done is near', () => {
  expect(judgeAll([web, db], onlyWeb)).toMatchObject({ passed: false, near: true });
  expect(judge({ all: [web] }, onlyWeb).passed).toBe(true);
});

test('any is enough, and else the closest miss is told', () => {
  expect(judge({ any: [db, web] }, onlyWeb).passed).toBe(true);
  const stopped = sources({ containers: [container({ name: 'web', state: 'exited', exitCode: 1 })] });
  const verdict = judge({ any: [db, web] }, stopped);
  expect(verdict.facts.filter(({ ok }) => !ok).map(({ words }) => words?.en)).toEqual(['it exited with 1']);
});

test('not turns it round, and is never near by itself', () => {
  expect(judge({ not: db }, onlyWeb)).toMatchObject({ passed: true, near: false });
  const verdict = judge({ not: web }, onlyWeb);
  expect(verdict).toMatchObject({ passed: false, near: false });
  expect(verdict.facts.map(({ words }) => words?.en)).toEqual(['not wanted: named web, running']);
});

test('facts stay within what the wire takes', () => {
  const env = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`K${index}`, 'x'.repeat(900)]));
  const verdict = judgeAll([{ container: { name: 'web', env } }], onlyWeb);
  expect(verdict.facts).toHaveLength(40);
  expect(Math.max(...verdict.facts.map((fact) => fact.expected.length))).toBe(500);
});

const far = { container: { machine: 'node2', name: 'web' } };

test('what cannot be seen is neither so nor not so, however it is combined', () => {
  expect(judge(far, onlyWeb)).toMatchObject({ passed: false, unseen: true });
  expect(judge({ not: far }, onlyWeb)).toMatchObject({ passed: false, unseen: true });
  expect(judge({ not: { any: [db, far] } }, onlyWeb)).toMatchObject({ passed: false, unseen: true });
  expect(judge({ not: { all: [web, { not: far }] } }, onlyWeb)).toMatchObject({
    passed: false,
    unseen: true,
  });
  expect(judgeAll([web, far], onlyWeb)).toMatchObject({ passed: false, unseen: true });
  expect(judge({ any: [far, web] }, onlyWeb)).toEqual(judge(web, onlyWeb));
});
