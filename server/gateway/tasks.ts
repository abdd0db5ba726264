/** What a learner asks of a task: a hint, the solution, whether an answer is right. */
import type { z } from 'zod';
import type { answerRequestSchema, taskRequestSchema } from '#server/protocol/sandbox.ts';
import { findSandbox } from './access.ts';
import { type Call, type Reply, signedIn } from './call.ts';

type TaskCall = Call<z.infer<typeof taskRequestSchema>>;

export async function giveHint(call: TaskCall): Promise<Reply> {
  return { json: await call.parts.tasks.hint(await own(call), call.body.task) };
}

export async function solveTask(call: TaskCall): Promise<Reply> {
  return { json: await call.parts.tasks.solve(await own(call), call.body.task) };
}

export async function answerTask(call: Call<z.infer<typeof answerRequestSchema>>): Promise<Reply> {
  return { json: await call.parts.tasks.answer(await own(call), call.body.task, call.body.value) };
}

async function own(call: Call<unknown>): Promise<string> {
  return (await findSandbox(call.parts, signedIn(call), call.params.id, 'own')).sandbox.id;
}
