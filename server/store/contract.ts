/** What the house keeps on disk. Plain records in and out; nobody above sees the database's own types. */
import type { LessonKey, Locale } from '../protocol/ids.ts';
import type { Role } from '../protocol/account.ts';
import type { TerminalTab } from '../protocol/terminal-list.ts';
import type { SandboxState } from '../protocol/sandbox.ts';

export type SandboxRecord = {
  id: string;
  userId: string;
  /** Null for the playground. */
  lesson: LessonKey | null;
  state: SandboxState;
  machines: MachineRow[];
  /** Null while the learner has not changed what the lesson begins with. */
  terminals: TerminalTab[] | null;
  createdAt: Date;
  lastSeenAt: Date;
  keptUntil: Date;
  /** Chooses the values of a lesson that differ from learner to learner; absent: the id. */
  seed?: string;
};

export type MachineRow = {
  name: string;
  generation: number;
  images: string[];
  kind?: 'docker' | 'bare';
  /** What its next life begins with, until it has begun: the snapshot, and containers to be started again by id. */
  from?: { sandbox: string; name: string; running: string[] };
  /** Bytes that snapshots of it hold: what it had in common with others from the beginning, and what they added since. */
  kept?: { baseBytes: number; addedBytes: number };
};

export interface SandboxTable {
  create(record: SandboxRecord): Promise<void>;
  get(id: string): Promise<SandboxRecord | null>;
  /** All that are not closed. */
  live(): Promise<SandboxRecord[]>;
  update(
    id: string,
    change: Partial<Omit<SandboxRecord, 'id' | 'userId' | 'createdAt' | 'seed'>>,
  ): Promise<void>;
}

export type TaskRecord = {
  task: string;
  passedAt: Date | null;
  hintsGiven: number;
  solved: boolean;
};

export type LessonRecord = {
  lesson: LessonKey;
  step: string | null;
  lastOpenedAt: Date;
  finishedAt: Date | null;
  passed: Pick<TaskRecord, 'task' | 'hintsGiven' | 'solved'>[];
};

/** In no order. */
export type ProgressReport = {
  tasks: (TaskRecord & { userId: string; lesson: LessonKey })[];
  lessons: (Omit<LessonRecord, 'passed'> & { userId: string })[];
};

/** Progress belongs to the learner, not to the sandbox: closing a sandbox loses none of it. */
export interface ProgressTable {
  tasks(userId: string, lesson: LessonKey): Promise<TaskRecord[]>;
  /** Changes the fields that are given; what another sandbox of the learner wrote meanwhile stays. */
  saveTask(
    userId: string,
    lesson: LessonKey,
    task: Pick<TaskRecord, 'task'> & Partial<TaskRecord>,
  ): Promise<void>;
  lessons(userId: string): Promise<LessonRecord[]>;
  /** What all of these learners have done in these lessons, read at once. */
  report(userIds: readonly string[], lessons: readonly LessonKey[]): Promise<ProgressReport>;
  saveLesson(
    userId: string,
    lesson: LessonKey,
    change: { step?: string; lastOpenedAt?: Date; finishedAt?: Date },
  ): Promise<void>;
  /**
   * Forgets this lesson's tasks and step: "start the lesson again". `keepHelp`: what was shown stays known, so that who
   * has seen a solution does not earn the points of one who has not.
   */
  resetLesson(userId: string, lesson: LessonKey, options?: { keepHelp?: boolean }): Promise<void>;
}

export type CommandRecord = {
  sandbox: string;
  machine: string;
  terminal: string;
  line: string;
  exitCode: number;
  startedAt: Date;
  durationMs: number;
};

export interface CommandTable {
  add(command: CommandRecord): Promise<void>;
  /** The newest `limit`, oldest first. */
  of(sandbox: string, limit: number): Promise<CommandRecord[]>;
  /** The newest `limit` of one learner in all their sandboxes, closed ones too, newest first; `lesson` is the sandbox's. */
  typedBy(
    userId: string,
    options: { before?: Date; limit: number },
  ): Promise<(CommandRecord & { lesson: LessonKey | null })[]>;
  /** Of these sandboxes since then, oldest first. */
  since(sandboxes: readonly string[], since: Date): Promise<CommandRecord[]>;
}

/** What there was in a machine when it was kept; each list is bounded. */
export type MachineContents = {
  machine: string;
  containers: { id: string; name: string; running: boolean }[];
  images: { id: string; tags: string[] }[];
  volumes: string[];
  networks: { id: string; name: string }[];
};

export type SnapshotRow = {
  /** Name of the engine's snapshots too. */
  id: string;
  sandbox: string;
  kind: 'start' | 'step' | 'named';
  step: string | null;
  name: string | null;
  takenAt: Date;
  machines: MachineContents[];
};

export type AttemptRow = {
  userId: string;
  lesson: LessonKey;
  step: string | null;
  /** `here`: to the beginning of a step, as the lesson would have it. */
  kind: 'start' | 'step' | 'named' | 'here';
  at: Date;
};

export type GoldenRow = { id: string; key: string; machines: MachineContents[]; usedAt: Date };

export interface HistoryTable {
  /** Oldest first. */
  snapshots(sandbox: string): Promise<SnapshotRow[]>;
  addSnapshot(snapshot: SnapshotRow): Promise<void>;
  removeSnapshot(id: string): Promise<void>;
  /** Those of sandboxes that are closed, or were never written down. */
  forgetClosed(): Promise<void>;
  addAttempt(attempt: AttemptRow): Promise<void>;
  attempts(userId: string, lesson: LessonKey): Promise<number>;
  goldens(): Promise<GoldenRow[]>;
  /** Replaces the one of its key. */
  saveGolden(golden: GoldenRow): Promise<void>;
  removeGolden(id: string): Promise<void>;
}

export type ClassLessonRow = { lesson: LessonKey; dueAt: Date | null; weight: number };

export type ClassRow = {
  id: string;
  name: string;
  locale: Locale;
  /** What a late task keeps of its points. */
  latePercent: number;
  paused: boolean;
  createdAt: Date;
  ownerId: string;
  /** Null when nobody can join by a code. */
  code: { code: string; uses: number; maxUses: number | null; expiresAt: Date | null } | null;
  /** In order. */
  lessons: ClassLessonRow[];
};

export type EnrolmentRow = {
  id: string;
  classId: string;
  /** Null until the one who was announced has come. */
  userId: string | null;
  name: string;
  email: string | null;
  number: string | null;
  joinedAt: Date | null;
  handAt: Date | null;
};

export type NoteRow = {
  id: string;
  classId: string;
  /** Null: to everybody. */
  enrolmentId: string | null;
  from: string;
  at: Date;
  text: string;
  command: string | null;
};

export type TokenRow = {
  id: string;
  classId: string;
  name: string;
  fingerprint: string;
  createdAt: Date;
  lastUsedAt: Date | null;
};

/** Who may not come back by the code that their class has now. */
export type RemovedRow = { classId: string; userId: string };

/** The next time that all of a class come together. */
export type MeetingRow = { classId: string; at: Date; learners: number; lesson: LessonKey };

export interface ClassTable {
  /** With their lessons; oldest first. */
  all(): Promise<ClassRow[]>;
  create(row: ClassRow): Promise<void>;
  /** Lessons are replaced as a whole; with a new code, those who were removed may come back. */
  update(id: string, change: Partial<Omit<ClassRow, 'id' | 'createdAt' | 'ownerId'>>): Promise<void>;
  /** With all that belongs to it. */
  remove(id: string): Promise<void>;
  /** Of all classes. */
  enrolments(): Promise<EnrolmentRow[]>;
  saveEnrolment(row: EnrolmentRow): Promise<void>;
  /** New ones, all or none. */
  addEnrolments(rows: readonly EnrolmentRow[]): Promise<void>;
  removeEnrolment(id: string): Promise<void>;
  /** Those who were removed since their class's code was made. */
  removed(): Promise<RemovedRow[]>;
  addRemoved(row: RemovedRow): Promise<void>;
  /** Counts one more who came by the code, together with their place in the class; false when it is used up or is another one now. */
  join(classId: string, code: string, row: EnrolmentRow): Promise<boolean>;
  /** The newest `limit` to everybody or to this one, oldest first. */
  notes(classId: string, enrolmentId: string, limit: number): Promise<NoteRow[]>;
  addNote(row: NoteRow): Promise<void>;
  /** At most one a class. */
  meetings(): Promise<MeetingRow[]>;
  /** Takes the place of the one before. */
  saveMeeting(row: MeetingRow): Promise<void>;
  removeMeeting(classId: string): Promise<void>;
  tokens(classId: string): Promise<TokenRow[]>;
  addToken(row: TokenRow): Promise<void>;
  removeToken(classId: string, id: string): Promise<void>;
  /** Null for a fingerprint that is nobody's; notes that it was used. */
  tokenUsed(fingerprint: string, at: Date): Promise<TokenRow | null>;
}

/** What happened to a learner besides commands. `data` is plain JSON, of the kind's own shape. */
export type LearnerEventRow = {
  userId: string;
  lesson: LessonKey | null;
  kind: string;
  at: Date;
  data: unknown;
};

export interface LearnerEventTable {
  /** The newest of each learner are kept. */
  add(event: LearnerEventRow): Promise<void>;
  /** The newest `limit` before `before`, newest first. */
  of(userId: string, options: { before?: Date; limit: number }): Promise<LearnerEventRow[]>;
  /** Since then, of all of these, oldest first. */
  since(userIds: readonly string[], since: Date): Promise<LearnerEventRow[]>;
}

export type UserRecord = { id: string; name: string; email: string | null; role: Role };

export interface UserTable {
  get(id: string): Promise<UserRecord | null>;
  /** Those that there are, by id. */
  many(ids: readonly string[]): Promise<Map<string, UserRecord>>;
  /** Accounts with an e-mail address; guests do not count. */
  countAccounts(): Promise<number>;
  /** Re-points every row of a guest to the account that the guest became. */
  adopt(guestId: string, userId: string): Promise<void>;
}

export interface Store extends AsyncDisposable {
  sandboxes: SandboxTable;
  progress: ProgressTable;
  commands: CommandTable;
  history: HistoryTable;
  classes: ClassTable;
  events: LearnerEventTable;
  users: UserTable;
}
