/** Opening, seeing, extending and closing sandboxes. */
import type { OpenSandbox, SandboxView } from '#server/protocol/sandbox.ts';
import { playgroundPlan } from './playground.ts';
import type { Sandbox, SandboxPlan } from '#server/sandbox/contract.ts';
import { findSandbox } from './access.ts';
import { type Call, type Reply, signedIn } from './call.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';
import { stepAt } from './steps.ts';

export async function openSandbox(call: Call<OpenSandbox>): Promise<Reply> {
  const user = signedIn(call);
  const { parts, body } = call;
  const plan = planFor(parts, body);
  const before = new Set(parts.sandboxes.of(user.id).map(({ id }) => id));
  const sandbox = await parts.sandboxes.open(user.id, plan);
  if (plan.lesson)
    await parts.store.progress.saveLesson(user.id, plan.lesson, { lastOpenedAt: parts.clock.now() });
  return { status: before.has(sandbox.id) ? 200 : 201, json: await viewOf(parts, sandbox) };
}

export async function listSandboxes(call: Call): Promise<Reply> {
  const mine = call.parts.sandboxes.of(signedIn(call).id);
  return { json: await Promise.all(mine.map((sandbox) => viewOf(call.parts, sandbox))) };
}

export async function showSandbox(call: Call): Promise<Reply> {
  const { sandbox } = await findSandbox(call.parts, signedIn(call), call.params.id, 'watch');
  return { json: await viewOf(call.parts, sandbox) };
}

export async function extendSandbox(call: Call): Promise<Reply> {
  const { sandbox } = await findSandbox(call.parts, signedIn(call), call.params.id, 'own');
  await call.parts.sandboxes.extend(sandbox.id);
  return { json: await viewOf(call.parts, sandbox) };
}

export async function closeSandbox(call: Call): Promise<Reply> {
  const { sandbox } = await findSandbox(call.parts, signedIn(call), call.params.id, 'own');
  await call.parts.sandboxes.close(sandbox.id);
  return { status: 204 };
}

/** The sandbox as its room shows it, with the step that its learner was last at. */
export async function viewOf(parts: Pick<GatewayParts, 'store'>, sandbox: Sandbox): Promise<SandboxView> {
  return { ...sandbox.view(), step: await stepAt(parts.store, sandbox) };
}

function planFor({ lessons }: GatewayParts, request: OpenSandbox): SandboxPlan {
  if ('lesson' in request) {
    const definition = lessons.definition(request.lesson);
    if (definition) return definition.plan;
    throw new Refusal('not_found', 'There is no such lesson.');
  }
  return playgroundPlan(request.machines);
}
