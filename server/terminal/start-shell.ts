/** Starts a shell that nobody looks at yet, so that its first viewer need not wait for it; and ends one for good. */
import type { Engine, MachineRef } from '../engine/contract.ts';
import { TerminalError } from './contract.ts';
import { AGENT_PATH } from './holder-link.ts';
import { nonceOf } from './nonce.ts';

/** Until a viewer says otherwise. */
const FIRST_SIZE = { cols: 80, rows: 24 };

/** Fine when it runs already. Rejects with TerminalError `machine_unreachable`. */
export async function startShell(
  options: { engine: Pick<Engine, 'run'>; secret: string },
  ref: MachineRef,
  terminal: string,
): Promise<void> {
  const key = { sandbox: ref.sandbox, machine: ref.machine, terminal };
  const { cols, rows } = FIRST_SIZE;
  const { code, stderr } = await options.engine.run(ref, {
    command: [AGENT_PATH, 'terminal-start', terminal, String(cols), String(rows)],
    env: { DRYDOCK_NONCE: nonceOf(options.secret, key) },
  });
  if (code !== 0)
    throw new TerminalError('machine_unreachable', `The shell did not start: ${stderr.slice(0, 500)}`);
}

/** With all that runs in it and all that it printed. Fine when there is none. Rejects with TerminalError `machine_unreachable`. */
export async function endShell(
  engine: Pick<Engine, 'run'>,
  ref: MachineRef,
  terminal: string,
): Promise<void> {
  const { code, stderr } = await engine.run(ref, { command: [AGENT_PATH, 'terminal-end', terminal] });
  if (code !== 0)
    throw new TerminalError('machine_unreachable', `The shell did not end: ${stderr.slice(0, 500)}`);
}
