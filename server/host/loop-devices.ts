/** Makes sure that a loop device can be had: some hosts (containers, small virtual machines) lack the device files. */
import { readdir } from 'node:fs/promises';
import { SetUpError } from './errors.ts';
import { isThere } from './files.ts';
import { run } from './run.ts';

const LOOP_MAJOR = 7;
const CONTROL = '/dev/loop-control';

export async function ensureLoopDevices(): Promise<void> {
  if (!(await isThere(CONTROL))) await run('modprobe', ['loop']);
  // Numbers from the kernel's list of devices (Documentation/admin-guide/devices.txt): misc 237, block 7.
  if (!(await isThere(CONTROL))) await run('mknod', ['--mode=600', CONTROL, 'c', '10', '237']);
  const known = (await readdir('/sys/block').catch(() => [])).flatMap((name) => {
    const number = /^loop(\d+)$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  // One more than there are: the control device makes it when all are busy.
  for (const number of [...known, known.length]) {
    const path = `/dev/loop${number}`;
    if (!(await isThere(path)))
      await run('mknod', ['--mode=660', path, 'b', String(LOOP_MAJOR), String(number)]);
  }
  const found = await run('losetup', ['--find']);
  if (found.code === 0) return;
  throw new SetUpError('no_loop_devices', {
    sentence: 'This host gives us no loop device, on which the disk of the machines would lie.',
    wayOut:
      'Load the module (modprobe loop), or, in a container, run it with the loop devices or on a virtual machine instead.',
  });
}
