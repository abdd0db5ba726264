/** Classes: what instructors may do with theirs, told to who listens, and kept. */
import { describe, expect, test } from 'vitest';
import { CLASS_LIMITS, joinCodeSchema } from '../protocol/classes.ts';
import { newJoinCode } from './codes.ts';
import { ANN, GUEST, HELLO, INES, IVAN, openPlace, refusal, ROOT, SETTINGS } from './testing/class-place.ts';

describe('an instructor', () => {
  test('makes, changes, pauses and removes a class, and each is told', async () => {
    const { classes, told, view } = await openPlace();
    const { id } = await classes.create(INES, SETTINGS);
    expect(await view(id)).toEqual({
      ...SETTINGS,
      id,
      createdAt: '2030-01-01T00:00:00.000Z',
      instructor: 'Ines',
      code: null,
      paused: false,
      learners: 0,
    });
    const lessons = [{ lesson: HELLO, dueAt: null, weight: 1 }];
    await classes.change(INES, id, { ...SETTINGS, name: 'Winter group', lessons });
    await classes.pause(INES, id, true);
    expect(await view(id)).toMatchObject({ name: 'Winter group', lessons, paused: true });
    await classes.remove(INES, id);
    expect([classes.all(), classes.get(id)]).toEqual([[], null]);
    const changed = { type: 'class', class: id };
    expect(told).toEqual([changed, changed, changed, { type: 'removed', class: id }]);
  });

  test('is told which lessons there are not, and nothing is kept', async () => {
    const { classes, open } = await openPlace();
    const lessons = ['gone', 'hello', 'lost'].map((lesson) => ({
      lesson: { course: 'basics', lesson },
      dueAt: null,
      weight: 1,
    }));
    const wrong = { ...SETTINGS, lessons };
    await expect(classes.create(INES, wrong)).rejects.toThrow('There is no lesson basics/gone, basics/lost');
    const { id } = await open();
    await expect(classes.change(INES, id, wrong)).rejects.toMatchObject({ code: 'bad_request' });
    expect(classes.get(id)!.lessons).toHaveLength(2);
  });

  test('has so many classes and no more; those of another are not counted', async () => {
    const { classes } = await openPlace();
    for (let count = 0; count < CLASS_LIMITS.classes; count++) await classes.create(INES, SETTINGS);
    expect(await refusal(() => classes.create(INES, SETTINGS))).toBe('too_many_classes');
    expect(await refusal(() => classes.create(IVAN, SETTINGS))).toBe('done');
  });

  test('sees the classes of nobody else, and an admin sees all', async () => {
    const { classes, open } = await openPlace();
    const { id } = await open();
    const { id: other } = await open({}, IVAN);
    const ids = (person: typeof INES) => classes.teaching(person).map((row) => row.id);
    expect([ids(INES), ids(IVAN), ids(ROOT), ids(ANN)]).toEqual([[id], [other], [id, other], []]);
    expect(classes.taught(ROOT, id).id).toBe(id);
  });

  test('teaches those who are in a class of theirs, while they are in it', async () => {
    const { classes, open, join } = await openPlace();
    const { id, code } = await open();
    expect(classes.teaches(INES, ANN.id)).toBe(false);
    const learner = await join(code, ANN);
    const teach = () => [INES, IVAN, ROOT, ANN, GUEST].map((person) => classes.teaches(person, ANN.id));
    expect(teach()).toEqual([true, false, true, false, false]);
    // Not an instructor any more.
    expect(classes.teaches({ ...INES, role: 'learner' }, ANN.id)).toBe(false);
    await classes.removeLearner(INES, id, learner);
    expect(teach()).toEqual([false, false, true, false, false]);
  });
});

test.each([
  ['the class of another', IVAN, 'not_found'],
  ['as a learner', ANN, 'not_allowed'],
  ['as a guest', GUEST, 'not_allowed'],
])('nothing is done with %s', async (_what, person, code) => {
  const place = await openPlace();
  const { classes, told } = place;
  const { id } = await place.open();
  const before = structuredClone(place.store.rows.classroom);
  const asked = [
    () => classes.taught(person, id),
    () => classes.taught(person, 'aaaaaaaa'),
    () => classes.change(person, id, SETTINGS),
    () => classes.remove(person, id),
    () => classes.pause(person, id, true),
    () => classes.makeCode(person, id, { expiresAt: null, maxUses: null }),
    () => classes.dropCode(person, id),
    () => classes.roster(person, id),
    () => classes.importRoster(person, id, 'name\nAnn'),
    () => classes.removeLearner(person, id, 'aaaaaaaa'),
  ];
  for (const ask of asked) expect(await refusal(ask)).toBe(code);
  expect(told).toEqual([]);
  expect(place.store.rows.classroom).toEqual(before);
});

describe('a code', () => {
  test('is of the alphabet of the wire, and never the same', () => {
    const codes = Array.from({ length: 500 }, () => newJoinCode(() => false));
    for (const code of codes) expect(joinCodeSchema.parse(code)).toBe(code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(31);
  });

  test('that is taken is drawn again', () => {
    let drawn = 0;
    newJoinCode(() => ++drawn < 3);
    expect(drawn).toBe(3);
  });

  test('is made anew, taken back, and shown only while it lets somebody in', async () => {
    const { classes, open, view, join, clock } = await openPlace();
    const { id, code } = await open({ maxUses: 1, expiresAt: '2030-01-01T01:00:00.000Z' });
    expect((await view(id)).code).toEqual({
      code,
      uses: 0,
      maxUses: 1,
      expiresAt: '2030-01-01T01:00:00.000Z',
    });
    await join(code, ANN);
    expect((await view(id)).code).toBeNull();
    const next = (await classes.makeCode(INES, id, { expiresAt: '2030-01-01T01:00:00Z', maxUses: null }))
      .code!;
    expect(next.code).not.toBe(code);
    expect((await view(id)).code).toMatchObject({ code: next.code, uses: 0 });
    await clock.advance(3_600_000);
    expect((await view(id)).code).toBeNull();
    await classes.dropCode(INES, id);
    expect(classes.get(id)!.code).toBeNull();
  });

  test('that has expired before it was made is refused', async () => {
    const { classes, open } = await openPlace();
    const { id } = await open();
    const terms = { expiresAt: '2030-01-01T00:00:00Z', maxUses: null };
    expect(await refusal(() => classes.makeCode(INES, id, terms))).toBe('bad_request');
  });
});

test('what is in memory is what another server reads', async () => {
  const first = await openPlace();
  const { id, code } = await first.open();
  const learner = await first.join(code, ANN);
  await first.join(code, GUEST, 'Gus');
  await first.classes.raiseHand(GUEST, id, true);
  await first.classes.removeLearner(INES, id, learner);
  const { classes } = await openPlace({ store: first.store, clock: first.clock });
  expect(classes.all()).toEqual(first.classes.all());
  expect(classes.learners(id)).toEqual(first.classes.learners(id));
  expect(classes.placesOf(GUEST.id)).toEqual(first.classes.placesOf(GUEST.id));
  expect(await refusal(() => classes.join(ANN, code))).toBe('not_allowed');
});
