/** The next meeting in words: what is typed, whether there is room, how far the machines are, and when it is. */
import { expect, test } from 'vitest';
import { enMeeting as t } from '#app/_lib/i18n/en-meeting.ts';
import { zhMeeting } from '#app/_lib/i18n/zh-meeting.ts';
import type { MeetingView } from '#server/protocol/meeting.ts';
import { dayAndTime, progressOf, readMeeting, verdictOf, wallWords } from './meeting.ts';

const now = new Date('2026-11-21T12:00:00Z');
const lesson = { course: 'basics', lesson: 'hello' };

const meeting = (part: Partial<MeetingView> = {}): MeetingView => ({
  at: '2026-11-22T09:00:00.000Z',
  learners: 30,
  lesson,
  stage: 'planned',
  warmFrom: '2026-11-22T08:50:00.000Z',
  ahead: true,
  machines: 30,
  capacity: 45,
  used: 3,
  others: 0,
  waiting: 0,
  ready: 0,
  wanted: 0,
  came: 0,
  ...part,
});
const inEnglish = { locale: 'en', when: (instant: string) => instant.slice(11, 16) } as const;
const progress = (part: Partial<MeetingView>) => progressOf(meeting(part), t, inEnglish);
const verdict = (part: Partial<MeetingView>) => verdictOf(meeting(part), t, 'en');

test('what is typed becomes a meeting, or says which field is wrong', () => {
  const local = '2030-01-31T18:00';
  expect(readMeeting({ at: local, learners: ' 12 ', lesson }, t, now)).toEqual({
    meeting: { at: new Date(local).toISOString(), learners: 12, lesson },
  });
  expect(readMeeting({ at: '', learners: '0', lesson }, t, now)).toEqual({
    errors: { at: 'Choose a date and a time.', learners: 'A whole number from 1 to 500.' },
  });
  expect(readMeeting({ at: local, learners: '501', lesson }, t, now)).toHaveProperty('errors.learners');
  expect(readMeeting({ at: local, learners: '1.5', lesson }, t, now)).toHaveProperty('errors.learners');
});

test('one that has just begun can still be changed, one that is over cannot be announced', () => {
  const local = '2030-01-31T18:00';
  const after = (minutes: number) => new Date(new Date(local).getTime() + minutes * 60_000);
  const typed = { at: local, learners: '3', lesson };
  expect(readMeeting(typed, t, after(29))).toHaveProperty('meeting');
  expect(readMeeting(typed, t, after(30))).toEqual({
    errors: { at: 'This is over already. Choose a later time.' },
  });
});

test('a class that fits reads the numbers by which it does', () => {
  const { figures, isEnough, verdict: word } = verdict({});
  expect([...figures, word].join(' ')).toBe(
    '30 learners need 30 machines. This server can have 45 awake; 3 are in use. It fits.',
  );
  expect(isEnough).toBe(true);
  expect(verdict({ learners: 1, machines: 3, used: 0 }).figures).toEqual([
    '1 learner needs 3 machines.',
    'This server can have 45 awake; none is in use.',
  ]);
  const chinese = verdictOf(meeting(), zhMeeting, 'zh');
  expect(chinese.figures.join('')).toBe(
    '30 名学员需要 30 台机器。这台服务器最多同时运行 45 台，目前 3 台在用。',
  );
});

test('one that does not fit reads how many would wait, and what helps', () => {
  const tooMany = verdict({ learners: 50, machines: 50, capacity: 40, used: 4, waiting: 14 });
  expect(tooMany).toMatchObject({
    isEnough: false,
    verdict:
      '14 of 50 would wait in a queue. Let them come in two groups, or give the server more memory (about 512 MiB a machine).',
  });
  expect(verdict({ learners: 50, machines: 150, capacity: 60, used: 0, waiting: 30 }).verdict).toContain(
    'in three groups',
  );
  // So many groups help nobody.
  expect(verdict({ learners: 50, machines: 50, capacity: 5, used: 0, waiting: 45 }).verdict).toBe(
    '45 of 50 would wait in a queue. Give the server more memory (about 512 MiB a machine).',
  );
  expect(verdict({ capacity: 2, used: 3, waiting: 30 }).verdict).toMatch(/^All 30 would wait .* Give the/);
});

test('where only another class is in the way, another time is what helps', () => {
  const { figures, verdict: word } = verdict({ capacity: 40, used: 0, others: 20, waiting: 10 });
  expect(figures).toContain('Other classes have announced 20 machines for about that time.');
  expect(word).toContain('Choose a time when no other class comes');
  expect(verdict({ others: 1 })).toMatchObject({ verdict: 'It fits.' });
});

test('from the plan to its end it is told how far the machines are', () => {
  expect(progress({})).toEqual({ text: 'Machines are made from 08:50 on.', bar: null, isReady: false });
  expect(progress({ stage: 'warming', ready: 12, wanted: 29, came: 1 })).toEqual({
    text: '12 of 29 machines wait for them. 1 learner has come.',
    bar: { done: 12, total: 29 },
    isReady: false,
  });
  expect(progress({ stage: 'ready', ready: 28, wanted: 28, came: 2 })).toEqual({
    text: 'Ready: 28 machines wait for them. 2 learners have come.',
    bar: null,
    isReady: true,
  });
  expect(progress({ stage: 'ready', came: 30 }).text).toBe('All have come.');
  expect(progress({ stage: 'ready', came: 0, waiting: 30 }).text).toContain('No place is free');
  expect(progress({ stage: 'over' }).text).toBe('The last meeting is over.');
});

test('a lesson whose machines are not made before says so at every stage', () => {
  for (const stage of ['planned', 'ready'] as const)
    expect(progress({ stage, ahead: false })).toMatchObject({
      text: expect.stringContaining('cannot be made before') as string,
      isReady: false,
    });
});

test('the wall says what waits, or who would, and else only when', () => {
  expect(wallWords(meeting({ stage: 'warming', ready: 12, wanted: 30 }), t, 'en')).toBe(
    '12 of 30 machines wait',
  );
  expect(wallWords(meeting({ waiting: 14 }), t, 'en')).toBe('14 would wait');
  expect(wallWords(meeting(), t, 'en')).toBeNull();
});

test('a day near by is called by its name, by the reader’s clock', () => {
  const at = '2026-11-22T09:00:00.000Z';
  const told = (zone: string, from = now) => dayAndTime(at, t, { locale: 'en', zone, now: from });
  expect(told('UTC')).toBe('tomorrow 09:00');
  expect(told('Asia/Shanghai', new Date('2026-11-21T16:30:00Z'))).toBe('today 17:00');
  expect(told('UTC', new Date('2026-11-20T12:00:00Z'))).toMatch(/^Sun,? 22 Nov,? 09:00$/);
  const newYear = { locale: 'en', zone: 'UTC', now: new Date('2026-12-31T12:00:00Z') } as const;
  expect(dayAndTime('2027-01-01T09:00:00.000Z', t, newYear)).toBe('tomorrow 09:00');
});
