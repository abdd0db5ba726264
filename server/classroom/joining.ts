/** How learners come into classes by a code, what they do there, and how they leave. */
import type { Clock } from '../lib/clock.ts';
import { newShortId } from '../lib/short-id.ts';
import { CLASS_LIMITS, type JoinPreview, type Membership } from '../protocol/classes.ts';
import type { ClassRow, EnrolmentRow, UserRecord, UserTable } from '../store/contract.ts';
import { ClassroomError, type Person } from './contract.ts';
import type { ClassRegister } from './register.ts';
import { membershipView, whyClosed } from './views.ts';

export type JoiningOptions = {
  register: ClassRegister;
  users: Pick<UserTable, 'get' | 'many'>;
  clock: Clock;
};

export class Joining {
  readonly #options: JoiningOptions;
  readonly #register: ClassRegister;

  constructor(options: JoiningOptions) {
    this.#options = options;
    this.#register = options.register;
  }

  async preview(person: Person | null, code: string): Promise<JoinPreview> {
    const row = this.#classOf(code);
    const joined = person !== null && this.#register.placeOf(row.id, person.id) !== null;
    // Who is in it already comes by the old link as before.
    if (!joined) this.#demandOpen(row, person);
    const { name, locale, lessons } = row;
    return { name, instructor: await this.#instructor(row), locale, lessons: lessons.length, joined };
  }

  join(person: Person, code: string, name?: string): Promise<Membership> {
    return this.#register.change(async () => {
      const row = this.#classOf(code);
      const known = this.#register.placeOf(row.id, person.id);
      if (known) return this.#membership(row, known);
      this.#demandOpen(row, person);
      const place = this.#placeFor(row, await this.#options.users.get(person.id), name ?? person.name);
      if (!(await this.#register.join(row, place))) throw closed('join_code_used_up');
      return this.#membership(row, place);
    });
  }

  leave(person: Person, id: string): Promise<void> {
    return this.#register.change(() => this.#register.drop(this.#ownPlace(person, id).place));
  }

  raiseHand(person: Person, id: string, raised: boolean): Promise<Membership> {
    return this.#register.change(async () => {
      const { row, place } = this.#ownPlace(person, id);
      // Asked again, it has been up since the first time.
      const handAt = raised ? (place.handAt ?? this.#options.clock.now()) : null;
      const changed = { ...place, handAt };
      if (handAt !== place.handAt) await this.#register.save(changed);
      return this.#membership(row, changed);
    });
  }

  async memberships(userId: string): Promise<Membership[]> {
    const places = this.#register.placesOf(userId);
    const owners = await this.#options.users.many(places.map((one) => one.class.ownerId));
    return places.map(({ class: row, place }) =>
      membershipView(row, place, owners.get(row.ownerId)?.name ?? ''),
    );
  }

  /**
   * A guest became an account: in each class they have the place that either had, that of the account where both had one.
   * What the roster announced under the account's address is theirs from now on.
   */
  adopt(guestId: string, userId: string): Promise<void> {
    return this.#register.change(async () => {
      const account = await this.#options.users.get(userId);
      for (const row of this.#register.all()) {
        if (this.#register.isRemoved(row.id, guestId)) await this.#register.bar(row.id, userId);
        const place = this.#register.placeOf(row.id, guestId);
        if (!place) continue;
        if (this.#register.placeOf(row.id, userId)) await this.#register.drop(place);
        else await this.#take(place, userId, account);
      }
    });
  }

  async #take(place: EnrolmentRow, userId: string, account: UserRecord | null): Promise<void> {
    const announced = this.#announced(place.classId, account);
    // First out of the way, so that never two places of one class have the same address.
    if (announced) await this.#register.drop(announced);
    const email = account?.email ?? place.email;
    const known = announced && { name: announced.name, number: announced.number };
    await this.#register.save({ ...place, userId, email, ...known });
  }

  #placeFor(row: ClassRow, account: UserRecord | null, name: string): EnrolmentRow {
    if (!account) throw new ClassroomError('not_allowed', 'Sign in, or start as a guest, to join a class.');
    const came = { userId: account.id, joinedAt: this.#options.clock.now() };
    const announced = this.#announced(row.id, account);
    if (announced) return { ...announced, ...came };
    if (this.#register.learners(row.id).length >= CLASS_LIMITS.learners)
      throw new ClassroomError('too_many_learners', 'This class is full. Tell its instructor.');
    return {
      id: newShortId((id) => this.#register.hasPlace(id)),
      classId: row.id,
      // An account has a name of its own.
      name: account.role === 'guest' ? name : account.name,
      email: account.email,
      number: null,
      handAt: null,
      ...came,
    };
  }

  #announced(classId: string, account: UserRecord | null): EnrolmentRow | null {
    if (!account || account.email === null) return null;
    const email = account.email.toLowerCase();
    const isTheirs = (place: EnrolmentRow) => place.userId === null && place.email === email;
    return this.#register.learners(classId).find(isTheirs) ?? null;
  }

  #classOf(code: string): ClassRow {
    const row = this.#register.byCode(code);
    if (row) return row;
    throw new ClassroomError('join_code_unknown', 'No class has this code. Look at it once more.');
  }

  #demandOpen(row: ClassRow, person: Person | null): void {
    // Before all else: removal is final until the instructor makes a new code, which forgets it.
    if (person && this.#register.isRemoved(row.id, person.id))
      throw new ClassroomError(
        'not_allowed',
        'You were removed from this class. Only a new code from its instructor lets you in again.',
      );
    const why = whyClosed(row.code!, this.#options.clock.now());
    if (why) throw closed(why);
  }

  #ownPlace(person: Person, id: string): { row: ClassRow; place: EnrolmentRow } {
    const row = this.#register.get(id);
    const place = row && this.#register.placeOf(id, person.id);
    if (row && place) return { row, place };
    throw new ClassroomError('not_found', 'You are not in this class.');
  }

  async #membership(row: ClassRow, place: EnrolmentRow): Promise<Membership> {
    return membershipView(row, place, await this.#instructor(row));
  }

  async #instructor({ ownerId }: ClassRow): Promise<string> {
    return (await this.#options.users.get(ownerId))?.name ?? '';
  }
}

function closed(why: 'join_code_expired' | 'join_code_used_up'): ClassroomError {
  const message = why === 'join_code_expired' ? 'This code has expired.' : 'As many have joined as may.';
  return new ClassroomError(why, `${message} Ask the instructor for a new one.`);
}
