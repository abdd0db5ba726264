/** A machine's control groups are found by its container's id alone, whatever other tenants name theirs. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openLab, type Lab } from '../testing/lab.ts';
import { findMachineGroups, searchMachineGroups } from './cgroup-paths.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 600_000);
afterEach(() => lab.clear());
afterAll(() => lab[Symbol.asyncDispose]());

test('a group that bears the id of another machine misleads nobody', async () => {
  const [victim, liar] = [await lab.machine(), await lab.machine()];
  const { Id, State } = await victim.container.inspect();
  await liar.runs(
    `cd /sys/fs/cgroup; [ -e cgroup.controllers ] || cd pids; mkdir ${Id}
     setsid bash -c 'echo $$ >${Id}/cgroup.procs && exec sleep 600' </dev/null >/dev/null 2>&1 &
     until [ -n "$(cat ${Id}/cgroup.procs)" ]; do sleep 0.05; done`,
    { asLearner: false },
  );
  expect(await searchMachineGroups(Id)).toEqual(await findMachineGroups(State.Pid, Id));
  await lab.engine.removeMachine(victim.ref);
  const left = await searchMachineGroups(Id);
  const { Id: liarId } = await liar.container.inspect();
  // Nothing of the victim is left; what bears its name is the other's own.
  expect(left?.directories.every(({ path }) => path.includes(liarId)) ?? true).toBe(true);
});
