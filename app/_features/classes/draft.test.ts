import { expect, test } from 'vitest';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { addLessons, checkDraft, draftOf, keyOf, moveLesson, settingsOf, type DraftLesson } from './draft.ts';
import { classWords } from './words.ts';

const t = classWords('en');
const key = (lesson: string) => ({ course: 'basics', lesson });
const lesson = (name: string): DraftLesson => ({ lesson: key(name), dueAt: null, weight: '1' });
const order = (lessons: DraftLesson[]) => lessons.map((one) => one.lesson.lesson).join(' ');
const good = { name: 'Autumn', locale: 'en', lessons: [lesson('a')], latePercent: '50' } as const;

test('lessons are added behind those that are there, each once', () => {
  const all = addLessons([lesson('b')], [key('a'), key('b'), key('c')]);
  expect(order(all)).toBe('b a c');
});

test('a class takes as many lessons as it may have', () => {
  const keys = Array.from({ length: CLASS_LIMITS.lessons + 5 }, (_, at) => key(`l${at}`));
  expect(addLessons([], keys)).toHaveLength(CLASS_LIMITS.lessons);
});

test('a lesson moves by one place and stays at the ends', () => {
  const lessons = [lesson('a'), lesson('b'), lesson('c')];
  expect(order(moveLesson(lessons, 0, 1))).toBe('b a c');
  expect(order(moveLesson(lessons, 2, -1))).toBe('a c b');
  expect(order(moveLesson(lessons, 0, -1))).toBe('a b c');
  expect(order(moveLesson(lessons, 2, 1))).toBe('a b c');
});

test('a good class has nothing to say, and is sent in numbers', () => {
  const draft = { ...good, name: ' Autumn ', lessons: [lesson('a')] };
  expect(checkDraft(draft, t)).toBeNull();
  expect(settingsOf(draft)).toEqual({
    name: 'Autumn',
    locale: 'en',
    lessons: [{ lesson: key('a'), dueAt: null, weight: 1 }],
    latePercent: 50,
  });
  expect(draftOf(settingsOf(draft), 'zh')).toEqual({ ...draft, name: 'Autumn' });
});

test('each slip is told where it is', () => {
  const errors = checkDraft({ name: ' ', locale: 'en', lessons: [], latePercent: '101' }, t);
  expect(errors).toEqual({
    name: t.nameNeeded,
    lessons: t.lessonsNeeded,
    latePercent: t.lateWrong,
    weights: new Set(),
  });
  const heavy = [{ ...lesson('a'), weight: '1.5' }, lesson('b'), { ...lesson('c'), weight: '' }];
  expect(checkDraft({ ...good, lessons: heavy }, t)?.weights).toEqual(
    new Set([keyOf(key('a')), keyOf(key('c'))]),
  );
  expect(checkDraft({ ...good, lessons: [lesson('a')], name: 'x'.repeat(81) }, t)?.name).toContain('80');
});
