/** English: joining a class, and what is recorded of whom. */
import type { Words } from './en.ts';

export const enJoin = {
  title: 'Join a class',
  text: 'Your instructor has shown or sent you a code of eight letters and digits.',
  code: 'Code',
  codeExample: 'K7QM-4XPA',
  codeNeeded: 'Type the code first.',
  codeWrong: 'A code has eight letters and digits, like {example}. It never has 0, O, 1, I or L.',
  goOn: 'Go on',
  join: 'Join',
  joining: 'One moment',
  taughtBy: 'taught by {name}',
  lessons: { one: '{count} lesson', other: '{count} lessons' },
  name: 'Your name',
  nameRule: 'As your instructor knows you. No account, no e-mail.',
  nameNeeded: 'Say what your instructor should call you.',
  nameLong: 'At most {max} characters, please.',
  asAccount: 'You join as {name}.',
  joined: 'You are in this class already.',
  toLessons: 'To the first lesson',
  haveAccount: 'I have an account',
  seen: 'While you are in the class, {name} sees your progress, your commands and your terminal in its lessons. You always see who is watching, and you can leave at any time.',
  seenMore: 'What is recorded',
  anotherCode: 'Type another code',
  unknown: {
    title: 'This code leads to no class',
    text: 'Look at it again: it never has 0, O, 1, I or L. If it is right, your instructor has taken it back; ask for the one that counts now.',
  },
  expired: {
    title: 'This code has expired',
    text: 'It was good for some time only. Ask your instructor for a new one.',
  },
  used_up: {
    title: 'This code has let in as many as it may',
    text: 'Ask your instructor for a new one. Who is in the class already finds it under “Classes”.',
  },
  removed: {
    title: 'You were removed from this class',
    text: 'Only a new code lets you in again. Ask your instructor for one.',
  },
  too_fast: {
    title: 'Too many tries from here',
    text: 'Wait a minute, then load this page again.',
  },

  privacy: 'What is recorded of you',
  privacyText: 'Drydock runs on your school’s or team’s own server. Nothing goes to anybody else.',
  recorded: 'What is recorded',
  recordedList: {
    account:
      'Your name, and for an account your e-mail and a fingerprint of your password, never the password.',
    visits:
      'For each browser that you came by: its network address and its kind, as long as you are signed in there.',
    progress:
      'In each lesson: the step you are at, tasks passed, hints and solutions that you have seen, and when.',
    commands:
      'On your machines: the commands that you type and how each one ended. Passwords in them are blacked out where they can be told.',
    classes:
      'In lessons of a class besides: near misses of tasks, raised hands, notes to you, and who watched your terminal or typed in it.',
    machines:
      'What your machines hold, and the last 2 MiB that your terminals showed, as long as they are kept for you.',
    cookie: 'In this browser: who you are, your language, theme and layout. Nothing follows you elsewhere.',
  },
  never: 'What you type hidden, such as passwords, is never recorded.',
  who: 'Who sees it',
  whoNobody: 'You are in no class: besides you, only those who run this server could.',
  whoText: 'Besides you and those who run this server:',
  whoClass: '{instructor}, as long as you are in the class',
  whoAs: 'sees you as “{name}”',
  whoLeave: 'Leave a class, and its instructor no longer sees anything of you.',
  toClasses: 'To your classes',
  guest: {
    one: 'You are a guest: all of it is removed {count} day after your last visit.',
    other: 'You are a guest: all of it is removed {count} days after your last visit.',
  },
  nobody: 'Nobody is signed in in this browser, so nothing is recorded of you here.',
  take: 'Take it with you',
  takeText: 'Everything that is recorded of you, in one file that you and programs can read (JSON).',
  takeDo: 'Download my data',
  erase: 'Delete everything',
  eraseText: 'Removes you from this server, at once and for good.',
  eraseButton: 'Delete me…',
  eraseAsk: 'Delete everything of you?',
  eraseList: {
    progress: 'your progress, points and commands in all lessons',
    machines: 'your machines, with every container, image and file on them',
    classes: 'your place in every class, and your scores in its gradebook',
    account: 'your account: you could sign up anew, but nothing comes back',
  },
  eraseWord: 'delete',
  eraseType: 'Type “{word}” to go on',
  eraseDo: 'Delete me for good',
  eraseLast: 'You are the only administrator: without one, nobody could run this server.',
  eraseTeaching: 'You still have classes, with what learners did in them. Delete them first.',
} as const;

export type JoinWords = Words<typeof enJoin>;
