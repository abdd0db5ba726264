/** One learner of a class, for its instructor: how they stand, what happened, and what may be done for them. */
import { instantSchema } from '#server/protocol/ids.ts';
import { snapshotIdSchema } from '#server/protocol/history.ts';
import type { NewNote } from '#server/protocol/classes.ts';
import type { Care, LearnerDetail } from '#server/protocol/wall.ts';
import type { Sandbox } from '#server/sandbox/contract.ts';
import type { ClassRow, EnrolmentRow } from '#server/store/contract.ts';
import { type Call, parse, type Reply, signedIn } from './call.ts';
import { beginAnew } from './lessons.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';

export async function postNote(call: Call<NewNote>): Promise<Reply> {
  const { parts, params, body } = call;
  return { status: 201, json: await parts.live.notes.post(signedIn(call), params.class ?? '', body) };
}

export async function showLearner(call: Call): Promise<Reply> {
  const { parts } = call;
  const { row, place } = learnerOf(call);
  const [view, tile, timeline] = await Promise.all([
    parts.classes.view(row),
    parts.live.walls.tile(row, place),
    parts.live.timeline(row, place),
  ]);
  const detail: LearnerDetail = { class: view, tile, timeline };
  return { json: detail };
}

export async function showTimeline(call: Call): Promise<Reply> {
  const { row, place } = learnerOf(call);
  const asked = call.query.get('before');
  const before = asked === null ? undefined : new Date(parse(instantSchema, asked));
  return { json: await call.parts.live.timeline(row, place, before) };
}

export async function careFor(call: Call<Care>): Promise<Reply> {
  const { parts, body } = call;
  const { row, place } = learnerOf(call);
  const { sandbox: shown } = await parts.live.walls.tile(row, place);
  const sandbox = shown && parts.sandboxes.get(shown.id);
  if (!sandbox) throw new Refusal('not_found', 'This learner has no sandbox in this class now.');
  if (body.what === 'extend') await parts.sandboxes.extend(sandbox.id);
  else if (body.what === 'reset') await reset(parts, sandbox);
  else {
    const snapshot = parse(snapshotIdSchema, body.snapshot);
    await parts.histories.rewind(sandbox.id, { to: 'snapshot', snapshot });
  }
  return { status: 204 };
}

/** Of the playground, all there is to begin anew is the machine. */
async function reset(parts: GatewayParts, { id, userId, lesson }: Sandbox): Promise<void> {
  if (lesson) await beginAnew(parts, { userId, lesson, keepHelp: true });
  else await parts.sandboxes.close(id);
}

/** @throws ClassroomError or Refusal `not_found`, for another's class too */
function learnerOf(call: Call<unknown>): { row: ClassRow; place: EnrolmentRow } {
  const { classes } = call.parts;
  const row = classes.taught(signedIn(call), call.params.class ?? '');
  const place = classes.learners(row.id).find(({ id }) => id === call.params.learner);
  if (!place) throw new Refusal('not_found', 'There is no such learner in this class.');
  return { row, place };
}
