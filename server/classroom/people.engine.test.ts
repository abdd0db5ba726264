/** Who removes their account leaves nothing: no row, no machine, nothing kept of one, though a shell was just at work. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RealHouse } from '#server/history/testing/real-house.ts';
import type { PrismaClient } from '#server/store/generated/client.ts';
import { everyRow } from '#server/store/testing/every-row.ts';

let real: RealHouse;
beforeAll(async () => {
  real = await RealHouse.open();
}, 900_000);
afterAll(async () => {
  await real[Symbol.asyncDispose]();
});

test('a learner with a machine, commands, something kept and a place in a class', async () => {
  const { store, classes, sandboxes, people, engine, histories } = real.house;
  const visit = await real.opens('first-steps');
  const { id } = visit;
  const { userId, lesson } = visit.sandbox;
  const ines = await instructor();
  const settings = { name: 'Autumn group', locale: 'en', latePercent: 50 } as const;
  const made = await classes.create(ines, {
    ...settings,
    lessons: [{ lesson: lesson!, dueAt: null, weight: 1 }],
  });
  const { code } = (await classes.makeCode(ines, made.id, { expiresAt: null, maxUses: null })).code!;
  const guest = { id: userId, name: 'Ann', role: 'guest' } as const;
  const { learner } = await classes.join(guest, code, 'Ann');
  await visit.types('echo a-word-of-theirs');
  await histories.keep(id, 'a name of theirs');
  await visit.types('sleep 300 & for n in $(seq 40); do echo late-$n; done');
  const traces = [userId, id, learner, 'a-word-of-theirs', 'a name of theirs'];
  const before = await everyRow(store);
  for (const trace of traces) expect(before).toContain(trace);

  expect(await people.remove(userId)).toBe('removed');
  await sandboxes.settled();
  await histories.settled();
  const after = await everyRow(store);
  for (const trace of [...traces, 'late-']) expect(after).not.toContain(trace);
  expect(classes.learners(made.id)).toEqual([]);
  expect(await engine.snapshots(id)).toEqual([]);
  expect((await engine.machines()).filter(({ ref }) => ref.sandbox === id)).toEqual([]);
  expect(real.errors).toEqual([]);
});

async function instructor() {
  const person = { id: 'ines', name: 'Ines', role: 'instructor' } as const;
  const client = real.house.store.authClient as PrismaClient;
  await client.user.create({ data: { ...person, email: 'ines@example.org' } });
  return person;
}
