/** What the gateway asks of classes. Who may ask for what is judged here, once, for every door. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Role } from '../protocol/account.ts';
import type {
  ClassSettings,
  ClassView,
  JoinPreview,
  JoinTerms,
  Membership,
  RosterEntry,
  RosterImported,
} from '../protocol/classes.ts';
import type { Gradebook, MadeToken, TokenView } from '../protocol/gradebook.ts';
import type { Meeting, MeetingView } from '../protocol/meeting.ts';
import type { ClassRow, EnrolmentRow } from '../store/contract.ts';
import type { KeptOfUser } from '../store/people.ts';

export type Person = { id: string; name: string; role: Role };

/** Ids of what changed; whoever listens looks up the rest. */
export type ClassEvent =
  | { type: 'class' | 'removed'; class: string }
  /** Joined, announced, renamed, or their hand went up or down. */
  | { type: 'learner'; class: string; learner: string }
  /** Left, or was removed. */
  | { type: 'left'; class: string; learner: string; userId: string | null };

/** Classes and who is in them, held in memory and kept in the store. All rejections are `ClassroomError`s. */
export interface Classes {
  get(id: string): ClassRow | null;
  all(): ClassRow[];
  /** Announced ones too, by name. */
  learners(id: string): EnrolmentRow[];
  /** The places of one user in all classes. */
  placesOf(userId: string): { class: ClassRow; place: EnrolmentRow }[];
  /** May this person see what this learner does? Instructors of a class that the learner is in now, and admins. */
  teaches(person: Pick<Person, 'id' | 'role'>, learnerUserId: string): boolean;
  on(listener: (event: ClassEvent) => void): Unsubscribe;

  /** The class, for one who may teach it. @throws ClassroomError `not_found`, also where it is another's: nobody learns which classes there are. */
  taught(person: Person, id: string): ClassRow;
  teaching(person: Person): ClassRow[];
  view(row: ClassRow): Promise<ClassView>;
  create(person: Person, settings: ClassSettings): Promise<ClassRow>;
  change(person: Person, id: string, settings: ClassSettings): Promise<ClassRow>;
  remove(person: Person, id: string): Promise<void>;
  pause(person: Person, id: string, paused: boolean): Promise<ClassRow>;
  /** A new code; the one before lets nobody in any more. */
  makeCode(person: Person, id: string, terms: JoinTerms): Promise<ClassRow>;
  dropCode(person: Person, id: string): Promise<ClassRow>;
  roster(person: Person, id: string): Promise<RosterEntry[]>;
  importRoster(person: Person, id: string, csv: string): Promise<RosterImported>;
  /** For good: who was removed comes back by no code that there is now, only by one made later. */
  removeLearner(person: Person, id: string, learner: string): Promise<void>;

  /** @throws ClassroomError `join_code_unknown`, `join_code_expired`, `join_code_used_up` */
  preview(person: Person | null, code: string): Promise<JoinPreview>;
  /** Who is in it already stays who they are. `name`: what a guest wants to be called. */
  join(person: Person, code: string, name?: string): Promise<Membership>;
  leave(person: Person, id: string): Promise<void>;
  raiseHand(person: Person, id: string, raised: boolean): Promise<Membership>;
  memberships(userId: string): Promise<Membership[]>;
  /** A guest became an account: their places follow. */
  adopt(guestId: string, userId: string): Promise<void>;
  /**
   * `remove` deletes the user and with them, on disk, their places. Nobody joins or makes a class meanwhile. False, and
   * nothing done, where classes are theirs.
   */
  removeUser(userId: string, remove: () => Promise<void>): Promise<boolean>;
}

/** All rejections are `ClassroomError`s, as of `Classes.taught`. */
export interface Gradebooks {
  of(person: Person, id: string): Promise<Gradebook>;
  /** `mark`: begins with a byte order mark, for Excel. */
  csv(person: Person, id: string, options: { mark: boolean }): Promise<string>;
  tokens(person: Person, id: string): Promise<TokenView[]>;
  makeToken(person: Person, id: string, name: string): Promise<MadeToken>;
  removeToken(person: Person, id: string, token: string): Promise<void>;
  /** Null for a secret that opens nothing. */
  byToken(secret: string): Promise<Gradebook | null>;
}

/** The next time that all of a class come together; at most one a class. All rejections are `ClassroomError`s. */
export interface Meetings {
  of(person: Person, id: string): MeetingView | null;
  /** Takes the place of the one before. */
  announce(person: Person, id: string, meeting: Meeting): Promise<MeetingView>;
  cancel(person: Person, id: string): Promise<void>;
}

/** What is kept of people: told to them, and removed when they wish it or when a guest has been away for long. */
export interface People extends AsyncDisposable {
  /** Everything that is kept of this user, as plain JSON. Null where there is none. */
  data(userId: string): Promise<KeptOfUser | null>;
  /** Closes their sandboxes and removes all that is theirs, or says why not. */
  remove(userId: string): Promise<'removed' | 'last_admin' | 'owns_classes'>;
}

export type ClassroomErrorCode =
  | 'not_found'
  | 'not_allowed'
  | 'join_code_unknown'
  | 'join_code_expired'
  | 'join_code_used_up'
  | 'too_many_learners'
  | 'too_many_classes'
  | 'no_consent'
  | 'bad_request';

export class ClassroomError extends Error {
  readonly code: ClassroomErrorCode;
  constructor(code: ClassroomErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClassroomError';
    this.code = code;
  }
}
