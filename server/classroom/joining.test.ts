/** Learners come by a code, are who they were when they come again, and leave. */
import { describe, expect, test } from 'vitest';
import { CLASS_LIMITS } from '../protocol/classes.ts';
import { ANN, BO, GUEST, INES, IVAN, openPlace, refusal, SETTINGS } from './testing/class-place.ts';

describe('joining', () => {
  test('gives a guest the name that they chose, an account its own', async () => {
    const { classes, open, told } = await openPlace();
    const { id, code } = await open();
    const membership = await classes.join(GUEST, code, 'Gus');
    expect(membership).toEqual({
      class: id,
      learner: expect.stringMatching(/^[a-z2-7]{8}$/),
      name: SETTINGS.name,
      instructor: 'Ines',
      locale: 'en',
      as: 'Gus',
      lessons: SETTINGS.lessons,
      paused: false,
      handAt: null,
    });
    expect(await classes.join(ANN, code, 'Somebody else')).toMatchObject({ as: 'Ann' });
    expect(await classes.memberships(GUEST.id)).toEqual([membership]);
    expect(told).toContainEqual({ type: 'learner', class: id, learner: membership.learner });
    expect(classes.learners(id).map(({ name }) => name)).toEqual(['Ann', 'Gus']);
  });

  test('a guest without a chosen name is called what everybody calls them', async () => {
    const { classes, open } = await openPlace();
    expect(await classes.join(GUEST, (await open()).code)).toMatchObject({ as: 'Guest 1234' });
  });

  test('twice keeps the place and counts once, also by a code that lets nobody in any more', async () => {
    const { classes, open, join, view, clock } = await openPlace();
    const { id, code } = await open({ maxUses: 2, expiresAt: '2030-01-01T01:00:00Z' });
    const learner = await join(code, GUEST, 'Gus');
    expect(await classes.join(GUEST, code, 'Another')).toMatchObject({ learner, as: 'Gus' });
    expect((await view(id)).code).toMatchObject({ uses: 1 });
    await clock.advance(3_600_000);
    expect(await join(code, GUEST)).toBe(learner);
    expect(await classes.preview(GUEST, code)).toMatchObject({ joined: true });
    expect((await view(id)).learners).toBe(1);
  });

  test('of two who come at once by the last use one is refused', async () => {
    const { classes, open } = await openPlace();
    const { id, code } = await open({ maxUses: 1 });
    const came = await Promise.all([ANN, BO].map((person) => refusal(() => classes.join(person, code))));
    expect(came.toSorted()).toEqual(['done', 'join_code_used_up']);
    expect(classes.learners(id)).toHaveLength(1);
  });

  test('a full class takes in nobody but who was announced', async () => {
    const { classes, open } = await openPlace();
    const { id, code } = await open();
    const many = Array.from({ length: CLASS_LIMITS.learners - 1 }, (_, index) => `L${index},,${index}`);
    await classes.importRoster(INES, id, ['name,email,number', 'Ann,ann@example.org,', ...many].join('\n'));
    expect(await refusal(() => classes.join(BO, code))).toBe('too_many_learners');
    expect(await refusal(() => classes.join(ANN, code))).toBe('done');
    expect(classes.learners(id)).toHaveLength(CLASS_LIMITS.learners);
  });
});

describe('a code lets nobody in', () => {
  test('that never was, or was taken back, or gave way to a new one', async () => {
    const { classes, open } = await openPlace();
    const { id, code } = await open();
    const both = async (wrong: string) => [
      await refusal(() => classes.preview(null, wrong)),
      await refusal(() => classes.join(ANN, wrong)),
    ];
    const unknown = ['join_code_unknown', 'join_code_unknown'];
    expect(await both('AAAA-AAAA')).toEqual(unknown);
    await classes.makeCode(INES, id, { expiresAt: null, maxUses: null });
    expect(await both(code)).toEqual(unknown);
    const next = classes.get(id)!.code!.code;
    await classes.dropCode(INES, id);
    expect(await both(next)).toEqual(unknown);
  });

  test('that has expired', async () => {
    const { classes, open, clock } = await openPlace();
    const { code } = await open({ expiresAt: '2030-01-01T01:00:00Z' });
    await clock.advance(3_599_999);
    expect(await refusal(() => classes.preview(null, code))).toBe('done');
    await clock.advance(1);
    expect(await refusal(() => classes.preview(null, code))).toBe('join_code_expired');
    expect(await refusal(() => classes.join(ANN, code))).toBe('join_code_expired');
  });

  test('by which as many came as may', async () => {
    const { classes, open, join } = await openPlace();
    const { code } = await open({ maxUses: 1 });
    await join(code, BO);
    expect(await refusal(() => classes.preview(ANN, code))).toBe('join_code_used_up');
    expect(await refusal(() => classes.join(ANN, code))).toBe('join_code_used_up');
  });

  test('whom the instructor removed, until there is a new one', async () => {
    const { classes, open, join, told } = await openPlace();
    const { id, code } = await open();
    const learner = await join(code, ANN);
    told.length = 0;
    await classes.removeLearner(INES, id, learner);
    expect(told).toEqual([{ type: 'left', class: id, learner, userId: ANN.id }]);
    expect(await refusal(() => classes.preview(ANN, code))).toBe('not_allowed');
    expect(await refusal(() => classes.join(ANN, code))).toBe('not_allowed');
    expect(await refusal(() => classes.join(BO, code))).toBe('done');
    await classes.dropCode(INES, id);
    const { code: next } = (await classes.makeCode(INES, id, { expiresAt: null, maxUses: null })).code!;
    expect(await classes.join(ANN, next)).toMatchObject({ as: 'Ann' });
  });

  test('who is nobody any more', async () => {
    const { classes, open, store } = await openPlace();
    const { code } = await open();
    store.rows.users.delete(ANN.id);
    expect(await refusal(() => classes.join(ANN, code))).toBe('not_allowed');
  });
});

describe('in a class', () => {
  test('a hand goes up once and down again', async () => {
    const { classes, open, join, told, clock } = await openPlace();
    const { id, code } = await open();
    await join(code, ANN);
    told.length = 0;
    const { handAt } = await classes.raiseHand(ANN, id, true);
    await clock.advance(1000);
    expect(await classes.raiseHand(ANN, id, true)).toMatchObject({ handAt });
    expect(told).toHaveLength(1);
    expect(await classes.raiseHand(ANN, id, false)).toMatchObject({ handAt: null });
    expect(told).toHaveLength(2);
  });

  test('who left is out, and may come again by the code', async () => {
    const { classes, open, join, told, store } = await openPlace();
    const { id, code } = await open();
    const learner = await join(code, ANN);
    told.length = 0;
    await classes.leave(ANN, id);
    expect(told).toEqual([{ type: 'left', class: id, learner, userId: ANN.id }]);
    expect([classes.placesOf(ANN.id), [...store.rows.classroom.enrolments]]).toEqual([[], []]);
    expect(await refusal(() => classes.leave(ANN, id))).toBe('not_found');
    expect(await join(code, ANN)).not.toBe(learner);
  });

  test('nobody acts who is not in it, the instructor neither', async () => {
    const { classes, open } = await openPlace();
    const { id } = await open();
    for (const person of [ANN, INES, IVAN]) {
      expect(await refusal(() => classes.leave(person, id))).toBe('not_found');
      expect(await refusal(() => classes.raiseHand(person, id, true))).toBe('not_found');
      expect(await refusal(() => classes.raiseHand(person, 'aaaaaaaa', true))).toBe('not_found');
    }
  });
});

describe('a guest who becomes an account', () => {
  test('keeps the place, and takes over what the list had for the account', async () => {
    const { classes, open, join, told, store } = await openPlace();
    const { id, code } = await open();
    await classes.importRoster(INES, id, 'name,email,number\nAnn Smith,ann@example.org,17');
    const learner = await join(code, GUEST, 'A.');
    const [announced] = classes.learners(id).filter(({ userId }) => userId === null);
    told.length = 0;
    await classes.adopt(GUEST.id, ANN.id);
    expect(classes.learners(id)).toMatchObject([
      { id: learner, userId: ANN.id, name: 'Ann Smith', email: 'ann@example.org', number: '17' },
    ]);
    expect([...store.rows.classroom.enrolments.values()]).toEqual(classes.learners(id));
    expect(told).toEqual([
      { type: 'left', class: id, learner: announced!.id, userId: null },
      { type: 'learner', class: id, learner },
    ]);
    expect(classes.placesOf(GUEST.id)).toEqual([]);
  });

  test('that is in the class already has one place, that of the account', async () => {
    const { classes, open, join } = await openPlace();
    const { id, code } = await open();
    const learner = await join(code, ANN);
    await join(code, GUEST, 'A.');
    await classes.adopt(GUEST.id, ANN.id);
    expect(classes.learners(id)).toMatchObject([{ id: learner, name: 'Ann' }]);
  });

  test('does not come back by it where the guest was removed', async () => {
    const { classes, open, join } = await openPlace();
    const { id, code } = await open();
    await classes.removeLearner(INES, id, await join(code, GUEST));
    await classes.adopt(GUEST.id, ANN.id);
    expect(await refusal(() => classes.join(ANN, code))).toBe('not_allowed');
  });
});

describe('a user who is removed', () => {
  test('has no place any more', async () => {
    const { classes, open, join, told } = await openPlace();
    const { id, code } = await open();
    const learner = await join(code, ANN);
    told.length = 0;
    let removed = 0;
    expect(await classes.removeUser(ANN.id, async () => void removed++)).toBe(true);
    expect(removed).toBe(1);
    expect(classes.learners(id)).toEqual([]);
    expect(told).toEqual([{ type: 'left', class: id, learner, userId: ANN.id }]);
  });

  test('stays while classes are theirs', async () => {
    const { classes, open } = await openPlace();
    await open();
    const remove = () => Promise.reject(new Error('invariant: not to be called'));
    expect(await classes.removeUser(INES.id, remove)).toBe(false);
  });
});
