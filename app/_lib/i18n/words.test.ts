import { expect, test } from 'vitest';
import { en } from './en.ts';
import { enJoin } from './en-join.ts';
import { enRoster } from './en-roster.ts';
import { enClasses } from './en-classes.ts';
import { enFiles } from './en-files.ts';
import { enHistory } from './en-history.ts';
import { enInClass } from './en-in-class.ts';
import { enMeeting } from './en-meeting.ts';
import { enWall } from './en-wall.ts';
import { enWallKeys } from './en-wall-keys.ts';
import { inLocale } from './locale.ts';
import { count, fill } from './words.ts';
import { zh } from './zh.ts';
import { zhJoin } from './zh-join.ts';
import { zhRoster } from './zh-roster.ts';
import { zhClasses } from './zh-classes.ts';
import { zhFiles } from './zh-files.ts';
import { zhHistory } from './zh-history.ts';
import { zhInClass } from './zh-in-class.ts';
import { zhMeeting } from './zh-meeting.ts';
import { zhWall } from './zh-wall.ts';
import { zhWallKeys } from './zh-wall-keys.ts';

/** Those that come with a feature too. */
const EN = {
  en,
  join: enJoin,
  roster: enRoster,
  classes: enClasses,
  files: enFiles,
  history: enHistory,
  inClass: enInClass,
  meeting: enMeeting,
  wall: enWall,
  wallKeys: enWallKeys,
};
const ZH = {
  en: zh,
  join: zhJoin,
  roster: zhRoster,
  classes: zhClasses,
  files: zhFiles,
  history: zhHistory,
  inClass: zhInClass,
  meeting: zhMeeting,
  wall: zhWall,
  wallKeys: zhWallKeys,
};

function sentences(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : sentences(value as object, `${path}${key}.`),
  );
}

const names = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).toSorted();

test('every sentence has the same blanks in both languages', () => {
  const chinese = new Map(sentences(ZH));
  const wrong = sentences(EN).filter(
    ([key, text]) => names(text).join() !== names(chinese.get(key) ?? '').join(),
  );
  expect(wrong).toEqual([]);
});

test('both languages have the same keys, and none is empty', () => {
  expect(sentences(ZH).map(([key]) => key)).toEqual(sentences(EN).map(([key]) => key));
  expect([...sentences(EN), ...sentences(ZH)].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('one and many are told apart where the language does', () => {
  expect(count('en', en.lesson.tasksLeft, 1)).toBe('1 task left');
  expect(count('en', en.lesson.tasksLeft, 3)).toBe('3 tasks left');
  expect(count('zh', zh.lesson.tasksLeft, 1)).toBe('还剩 1 个任务');
});

test('a value is put in as it is, and a missing one is seen', () => {
  expect(fill('{a} of {b}', { a: '$&', b: 2 })).toBe('$& of 2');
  expect(fill('{a}', {})).toBe('{a}');
});

test('changing the language keeps the page', () => {
  expect(inLocale('/en/learn/docker-basics/hello-docker?step=run', 'zh')).toBe(
    '/zh/learn/docker-basics/hello-docker?step=run',
  );
  expect(inLocale('/zh', 'en')).toBe('/en');
});
