/** Classes over HTTP: made and changed by instructors, joined and left by learners. */
import type { z } from 'zod';
import type { Person } from '#server/classroom/contract.ts';
import {
  type ClassSettings,
  type classListSchema,
  classIdSchema,
  type handSchema,
  joinCodeSchema,
  type joinSchema,
  type JoinTerms,
  learnerIdSchema,
  type pauseSchema,
  type rosterImportSchema,
} from '#server/protocol/classes.ts';
import type { ClassRow } from '#server/store/contract.ts';
import { type Call, type Reply, signedIn } from './call.ts';
import { Refusal } from './refusal.ts';

export async function listClasses(call: Call): Promise<Reply> {
  const { classes } = call.parts;
  const person = personOf(call);
  const list: z.infer<typeof classListSchema> = {
    mayTeach: person.role === 'admin' || person.role === 'instructor',
    teaching: await Promise.all(classes.teaching(person).map((row) => classes.view(row))),
    learning: await classes.memberships(person.id),
  };
  return { json: list };
}

export async function makeClass(call: Call<ClassSettings>): Promise<Reply> {
  return { ...(await shown(call, call.parts.classes.create(personOf(call), call.body))), status: 201 };
}

export async function showClass(call: Call): Promise<Reply> {
  return shown(call, call.parts.classes.taught(personOf(call), classOf(call)));
}

export function changeClass(call: Call<ClassSettings>): Promise<Reply> {
  return shown(call, call.parts.classes.change(personOf(call), classOf(call), call.body));
}

export async function removeClass(call: Call): Promise<Reply> {
  await call.parts.classes.remove(personOf(call), classOf(call));
  return { status: 204 };
}

export function makeCode(call: Call<JoinTerms>): Promise<Reply> {
  return shown(call, call.parts.classes.makeCode(personOf(call), classOf(call), call.body));
}

export function dropCode(call: Call): Promise<Reply> {
  return shown(call, call.parts.classes.dropCode(personOf(call), classOf(call)));
}

export function pauseClass(call: Call<z.infer<typeof pauseSchema>>): Promise<Reply> {
  return shown(call, call.parts.classes.pause(personOf(call), classOf(call), call.body.paused));
}

export async function previewClass({ parts, params, user }: Call): Promise<Reply> {
  const code = joinCodeSchema.safeParse(params.code);
  if (!code.success)
    throw new Refusal('join_code_unknown', 'No class has such a code. Look at it once more.');
  return { json: await parts.classes.preview(user, code.data) };
}

export async function joinClass(call: Call<z.infer<typeof joinSchema>>): Promise<Reply> {
  const { code, name } = call.body;
  return { json: await call.parts.classes.join(personOf(call), code, name) };
}

export async function leaveClass(call: Call): Promise<Reply> {
  await call.parts.classes.leave(personOf(call), classOf(call));
  return { status: 204 };
}

export async function raiseHand(call: Call<z.infer<typeof handSchema>>): Promise<Reply> {
  return { json: await call.parts.classes.raiseHand(personOf(call), classOf(call), call.body.raised) };
}

export async function showRoster(call: Call): Promise<Reply> {
  return { json: await call.parts.classes.roster(personOf(call), classOf(call)) };
}

export async function importRoster(call: Call<z.infer<typeof rosterImportSchema>>): Promise<Reply> {
  return { json: await call.parts.classes.importRoster(personOf(call), classOf(call), call.body.csv) };
}

export async function removeLearner(call: Call): Promise<Reply> {
  const learner = learnerIdSchema.safeParse(call.params.learner);
  // An id that cannot be is nobody's: the room says so, after it has judged who asks.
  const id = learner.success ? learner.data : '';
  await call.parts.classes.removeLearner(personOf(call), classOf(call), id);
  return { status: 204 };
}

/** @throws Refusal `not_signed_in` */
export function personOf(call: Call<unknown>): Person {
  const { id, name, role } = signedIn(call as Call);
  return { id, name, role };
}

/** The id in the path; of one that cannot be, none is found. */
export function classOf({ params }: Pick<Call, 'params'>): string {
  const id = classIdSchema.safeParse(params.class);
  return id.success ? id.data : '';
}

async function shown({ parts }: Call<unknown>, row: ClassRow | Promise<ClassRow>): Promise<Reply> {
  return { json: await parts.classes.view(await row) };
}
