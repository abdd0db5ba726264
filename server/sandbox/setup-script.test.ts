import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { EngineError } from '../engine/contract.ts';
import type { SandboxPlan } from './contract.ts';
import { createLog, type Log } from '../lib/log.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { openRoom, planOf } from './testing/open-room.ts';

/** An engine that plays set-up scripts: notes where each ran, and ends it as the test likes. */
function scriptedEngine(end: (script: string) => { code: number; says?: string } = () => ({ code: 0 })) {
  const engine = new FakeEngine();
  const ran: string[] = [];
  const commands: string[] = [];
  engine.onExec((process) => {
    void text(process.stdin).then((input) => {
      // The machines are told of each other too; here it is about the lesson's own scripts.
      if (process.request.command.includes('neighbours')) return process.exit(0);
      commands.push(process.request.command.join(' '));
      if (process.request.command[0] !== 'bash') return process.exit(0);
      ran.push(`${process.ref.machine}: ${input}`);
      const { code, says = '' } = end(input);
      process.stderr.write(says);
      process.exit(code);
    });
  });
  return { engine, ran, commands };
}

function plan(scripts: (string | null)[], options: Parameters<typeof planOf>[1] = {}): SandboxPlan {
  const bare = planOf('incident', { machines: scripts.length, ...options });
  return {
    ...bare,
    machines: bare.machines.map((machine, index) => {
      const setup = scripts[index];
      return setup ? { ...machine, setup } : machine;
    }),
  };
}

test('scripts run in the order of the machines, once all of them are up and their files are laid', async () => {
  const { engine, ran, commands } = scriptedEngine();
  const { sandboxes } = await openRoom({ engine });
  const release = engine.switches.hold('createMachine');
  const sandbox = await sandboxes.open('ada', plan(['first', 'second'], { files: ['note'] }));
  await expect.poll(() => engine.switches.count('createMachine')).toBe(2);
  expect(ran).toEqual([]);
  release();
  await sandbox.ready();
  expect(ran).toEqual(['node1: first', 'node2: second']);
  expect(commands.slice(0, 2).every((command) => command.startsWith('tar'))).toBe(true);
  // Whoever lists processes sees how a script is run, never what is in it.
  expect(commands.join()).not.toMatch(/first|second/);
});

test('a machine made ahead gets its script when it is handed over', async () => {
  const { engine, ran } = scriptedEngine();
  const { sandboxes } = await openRoom({ engine, limits: { warmMachines: 1 }, expectedImages: [[]] });
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  expect(ran).toEqual([]);
  const sandbox = await sandboxes.open('ada', plan(['fault']));
  await sandbox.ready();
  expect(ran).toEqual(['node1: fault']);
});

test('waking runs nothing again, and a machine made anew gets its own script only', async () => {
  const { engine, ran } = scriptedEngine();
  const { sandboxes, clock, settle } = await openRoom({ engine });
  const sandbox = await sandboxes.open('ada', plan(['first', 'second']));
  await sandbox.ready();
  await clock.advance(3600_000);
  await settle();
  await sandbox.ready();
  expect(ran).toHaveLength(2);
  await clock.advance(3600_000);
  await settle();
  expect(sandbox.state).toBe('asleep');
  const ref = [...engine.machinesMade.values()].find(({ ref }) => ref.machine === 'node2')!.ref;
  await engine.removeMachine(ref);
  await sandbox.ready();
  expect(ran.slice(2)).toEqual(['node2: second']);
});

test('a script that fails is no ready sandbox: it is logged with its last words, told, and not tried in vain', async () => {
  const { engine, ran } = scriptedEngine(() => ({ code: 3, says: 'no such image' }));
  const lines: string[] = [];
  const log: Log = createLog({ level: 'error', write: (line) => lines.push(line) });
  const { sandboxes, settle, notices } = await openRoom({ engine, log });
  const sandbox = await sandboxes.open('ada', plan(['fault']));
  await expect(sandbox.ready()).rejects.toMatchObject({ code: 'sandbox_not_ready' });
  await settle();
  expect(ran).toHaveLength(1);
  expect(lines.join()).toContain('The set-up script of node1 ended with 3: no such image');
  expect(notices()).toEqual(['not_started']);
  expect(engine.running()).toEqual([]);
  expect(sandboxes.figures().awake).toBe(0);
});

test('a script without end is told as such', async () => {
  const { engine } = scriptedEngine();
  engine.switches.fail(
    'exec',
    new EngineError('machine_unreachable', 'The process took more than 60000 ms.'),
  );
  const lines: string[] = [];
  const log: Log = createLog({ level: 'error', write: (line) => lines.push(line) });
  const { sandboxes } = await openRoom({ engine, log });
  const sandbox = await sandboxes.open('ada', plan(['sleep infinity']));
  await expect(sandbox.ready()).rejects.toMatchObject({ code: 'sandbox_not_ready' });
  expect(lines.join()).toContain('could not be run: The process took more than 60000 ms.');
});
