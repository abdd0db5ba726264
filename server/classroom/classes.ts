/** Classes and who is in them: read from the store once, held in memory, every change written down first. */
import type { Lessons } from '../lessons/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { ClassTable, UserTable } from '../store/contract.ts';
import type { Classes } from './contract.ts';
import { Joining } from './joining.ts';
import { ClassRegister } from './register.ts';
import { Teaching } from './teaching.ts';
import { classView } from './views.ts';

export type ClassesOptions = {
  table: ClassTable;
  users: Pick<UserTable, 'get' | 'many'>;
  lessons: Pick<Lessons, 'definition'>;
  clock: Clock;
};

export async function openClasses({ table, users, lessons, clock }: ClassesOptions): Promise<Classes> {
  const register = await ClassRegister.open(table);
  const teaching = new Teaching({ register, users, lessons, clock });
  const joining = new Joining({ register, users, clock });
  return {
    get: (id) => register.get(id),
    all: () => register.all(),
    learners: (id) => register.learners(id),
    placesOf: (userId) => register.placesOf(userId),
    on: (listener) => register.on(listener),
    async view(row) {
      const instructor = (await users.get(row.ownerId))?.name ?? '';
      return classView(row, { instructor, learners: register.learners(row.id), now: clock.now() });
    },

    teaches: (person, learnerUserId) => teaching.teaches(person, learnerUserId),
    taught: (person, id) => teaching.taught(person, id),
    teaching: (person) => teaching.teaching(person),
    create: (person, settings) => teaching.create(person, settings),
    change: (person, id, settings) => teaching.change(person, id, settings),
    remove: (person, id) => teaching.remove(person, id),
    pause: (person, id, paused) => teaching.pause(person, id, paused),
    makeCode: (person, id, terms) => teaching.makeCode(person, id, terms),
    dropCode: (person, id) => teaching.dropCode(person, id),
    roster: (person, id) => teaching.roster(person, id),
    importRoster: (person, id, csv) => teaching.importRoster(person, id, csv),
    removeLearner: (person, id, learner) => teaching.removeLearner(person, id, learner),

    preview: (person, code) => joining.preview(person, code),
    join: (person, code, name) => joining.join(person, code, name),
    leave: (person, id) => joining.leave(person, id),
    raiseHand: (person, id, raised) => joining.raiseHand(person, id, raised),
    memberships: (userId) => joining.memberships(userId),
    adopt: (guestId, userId) => joining.adopt(guestId, userId),
    removeUser: (userId, remove) =>
      register.change(async () => {
        if (register.all().some(({ ownerId }) => ownerId === userId)) return false;
        await remove();
        register.forgetUser(userId);
        return true;
      }),
  };
}
