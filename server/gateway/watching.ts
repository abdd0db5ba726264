/** Watching over HTTP: an instructor asks to type or ends it, the learner has the word; and what that means for a terminal. */
import type { z } from 'zod';
import { isPaused } from '#server/classroom/rights.ts';
import type { Seat } from '#server/classroom/watching.ts';
import type { allowSchema, typingSchema } from '#server/protocol/classes.ts';
import type { Sandbox } from '#server/sandbox/contract.ts';
import { findSandbox } from './access.ts';
import { type Call, type Reply, signedIn } from './call.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';
import type { Typing } from './terminal-socket.ts';

export async function askToType(call: Call<z.infer<typeof typingSchema>>): Promise<Reply> {
  const user = signedIn(call);
  const { sandbox, access } = await findSandbox(call.parts, user, call.params.id, 'watch');
  if (access === 'own') throw new Refusal('bad_request', 'This sandbox is yours: just type.');
  call.parts.live.watching.ask(sandbox.id, user.id, call.body.wanted);
  return { status: 204 };
}

export async function allowTyping(call: Call<z.infer<typeof allowSchema>>): Promise<Reply> {
  const { sandbox } = await findSandbox(call.parts, signedIn(call), call.params.id, 'own');
  call.parts.live.watching.allow(sandbox.id, call.params.watcher ?? '', call.body.allow);
  return { status: 204 };
}

/** @param seat null for the sandbox's own learner */
export function typingOf(
  { classes }: Pick<GatewayParts, 'classes'>,
  sandbox: Sandbox,
  seat: Seat | null,
): Typing {
  if (seat)
    return {
      isWriter: () => seat.mayType,
      isOpen: () => true,
      onChange: (listener) => seat.onTyping(listener),
    };
  return { isWriter: () => true, isOpen: () => !isPaused(classes, sandbox), onChange: () => () => {} };
}
