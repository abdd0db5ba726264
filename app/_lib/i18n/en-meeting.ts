/** English: the next time that all of a class come together. */
import type { Words } from './en.ts';

export const enMeeting = {
  title: 'Next meeting',
  text: 'Say when all come at once. You see whether this server has room for them, and it makes their machines before the start.',
  at: 'Date and time',
  atRule: 'By your own clock ({zone}).',
  atNeeded: 'Choose a date and a time.',
  atPast: 'This is over already. Choose a later time.',
  learners: 'How many come',
  learnersRule: 'In the class now: {count}.',
  learnersWrong: 'A whole number from 1 to {most}.',
  lesson: 'Lesson',
  lessonRule: 'What they open first.',
  announce: 'Announce',
  announced: 'The meeting is announced',
  save: 'Save',
  saved: 'Saved',
  working: 'One moment',
  refused: 'The server takes this time or this lesson no more. Load the page again.',
  off: 'Call off',
  offTitle: 'Call the meeting off?',
  offText: 'No machines are made for it any more. Your learners are not told by this.',
  offDo: 'Call it off',
  offDone: 'The meeting is called off',

  today: 'today {time}',
  tomorrow: 'tomorrow {time}',
  need: { one: '{count} learner needs {machines}.', other: '{count} learners need {machines}.' },
  machines: { one: '{count} machine', other: '{count} machines' },
  room: 'This server can have {capacity} awake; {used}.',
  usedNone: 'none is in use',
  used: { one: '{count} is in use', other: '{count} are in use' },
  others: {
    one: 'Other classes have announced {count} machine for about that time.',
    other: 'Other classes have announced {count} machines for about that time.',
  },
  fits: 'It fits.',
  queue: {
    one: '{count} of {learners} would wait in a queue.',
    other: '{count} of {learners} would wait in a queue.',
  },
  queueAll: { one: '{count} of {count} would wait in a queue.', other: 'All {count} would wait in a queue.' },
  groups: { two: 'two groups', three: 'three groups', four: 'four groups' },
  adviseGroups: 'Let them come in {groups}, or give the server more memory (about 512 MiB a machine).',
  adviseTime:
    'Choose a time when no other class comes, or give the server more memory (about 512 MiB a machine).',
  adviseMemory: 'Give the server more memory (about 512 MiB a machine).',

  planned: 'Machines are made from {when} on.',
  notAhead:
    'Machines of this lesson cannot be made before the start: it has several, or one without Docker. Learners get theirs when they open the lesson.',
  made: '{ready} of {wanted} machines wait',
  warming: '{ready} of {wanted} machines wait for them.',
  ready: {
    one: 'Ready: {count} machine waits for them.',
    other: 'Ready: {count} machines wait for them.',
  },
  came: { one: '{count} learner has come.', other: '{count} learners have come.' },
  cameAll: 'All have come.',
  noPlace: 'No place is free to make machines before.',
  over: 'The last meeting is over.',
  wallQueue: { one: '{count} would wait', other: '{count} would wait' },
} as const;

export type MeetingWords = Words<typeof enMeeting>;
