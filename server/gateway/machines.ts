/** Machines and terminals of a sandbox: added, removed, arranged; and what a machine holds. */
import type { MachineContents } from '#server/protocol/sandbox.ts';
import type { TerminalAction } from '#server/protocol/terminal-list.ts';
import type { World } from '#server/world/contract.ts';
import { findSandbox } from './access.ts';
import { type Call, type Reply, signedIn } from './call.ts';
import type { GatewayParts } from './parts.ts';
import { Refusal } from './refusal.ts';
import { viewOf } from './sandboxes.ts';

const LOOKED_AT_MS = 3_000;
const FILES_COUNTED = 100_000;
/** What stands in /root when a machine is made is no learner's file: all of it begins with a dot. */
const COUNT_FILES = `set -o pipefail
timeout 2 find /root -mindepth 1 -not -path '/root/.*' -type f -printf . | head -c ${FILES_COUNTED} | wc -c`;

export async function addMachine(call: Call): Promise<Reply> {
  const { parts } = call;
  const { sandbox } = await findSandbox(parts, signedIn(call), call.params.id, 'own');
  await parts.sandboxes.addMachine(sandbox.id);
  return { status: 202, json: await viewOf(parts, sandbox) };
}

export async function removeMachine(call: Call): Promise<Reply> {
  const { parts } = call;
  const { sandbox } = await findSandbox(parts, signedIn(call), call.params.id, 'own');
  await parts.sandboxes.removeMachine(sandbox.id, call.params.machine ?? '');
  return { status: 202, json: await viewOf(parts, sandbox) };
}

/** What would be lost with it. */
export async function showContents(call: Call): Promise<Reply> {
  const { parts } = call;
  const { sandbox } = await findSandbox(parts, signedIn(call), call.params.id, 'own');
  const machine = call.params.machine ?? '';
  if (!sandbox.view().machines.some(({ name }) => name === machine))
    throw new Refusal('not_found', 'There is no such machine.');
  const world = await worldOf(parts, sandbox.id, machine);
  if (!world) throw new Refusal('sandbox_not_ready', 'This machine is not awake, or was not looked at yet.');
  const files = await parts.probes.look(sandbox.id, { kind: 'shell', machine, script: COUNT_FILES });
  const counted = files?.exitCode === 0 ? Number(files.stdout) : Number.NaN;
  const contents: MachineContents = {
    containers: world.containers.size,
    images: world.images.size,
    volumes: world.volumes.size,
    files: Number.isSafeInteger(counted) && counted >= 0 ? counted : null,
  };
  return { json: contents };
}

/** A machine that has just come is looked at within a moment; null where it is not. */
async function worldOf(
  { worlds, clock }: Pick<GatewayParts, 'worlds' | 'clock'>,
  sandbox: string,
  machine: string,
): Promise<World | null> {
  const seen = Promise.withResolvers<void>();
  using stop = new DisposableStack();
  stop.defer(worlds.on((event) => event.sandbox === sandbox && event.machine === machine && seen.resolve()));
  const timer = clock.after(LOOKED_AT_MS, () => seen.resolve());
  stop.defer(() => timer.cancel());
  if (!worlds.get(sandbox, machine)) await seen.promise;
  return worlds.get(sandbox, machine);
}

export async function changeTerminals(call: Call<TerminalAction>): Promise<Reply> {
  const { parts } = call;
  const { sandbox } = await findSandbox(parts, signedIn(call), call.params.id, 'own');
  return { json: await parts.terminalLists.change(sandbox.id, call.body) };
}
