import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LIMITS, MIB, openLab, type Lab, type Machine } from './testing/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 600_000);
afterEach(() => lab.clear());
afterAll(() => lab[Symbol.asyncDispose]());

const answers = async (machine: Machine) => {
  const startedMs = performance.now();
  await machine.runs('docker ps', { asLearner: false });
  return performance.now() - startedMs;
};

test('root in a machine is nobody on the host', async () => {
  const machine = await lab.machine();
  const [inside, outside] = (await machine.runs('cat /proc/self/uid_map')).split(/\s+/).map(Number);
  expect([inside, outside]).toEqual([0, lab.settings.mappedUid]);
  const { HostConfig } = await machine.container.inspect();
  expect(HostConfig.Privileged).toBe(false);
});

test('no capability beyond the list is there, not even in the bounding set', async () => {
  const machine = await lab.machine();
  const bounding = BigInt(`0x${await machine.runs("awk '/CapBnd/{print $2}' /proc/self/status")}`);
  // Numbers from linux/capability.h.
  const refused = {
    SYS_MODULE: 16,
    SYS_RAWIO: 17,
    SYS_BOOT: 22,
    SYS_TIME: 25,
    MAC_ADMIN: 33,
    SYSLOG: 34,
    BPF: 39,
  };
  for (const [name, bit] of Object.entries(refused))
    expect([name, (bounding >> BigInt(bit)) & 1n]).toEqual([name, 0n]);
});

test('the tenant cannot raise any of its own limits', async () => {
  const machine = await lab.machine();
  const v2 = (await machine.tries('test -e /sys/fs/cgroup/cgroup.controllers')).code === 0;
  const limits = v2
    ? [
        'memory.max',
        'memory.high',
        'memory.swap.max',
        'pids.max',
        'cpu.max',
        'cgroup.max.descendants',
        'memory.oom.group',
      ]
    : [
        'memory/memory.limit_in_bytes',
        'memory/memory.memsw.limit_in_bytes',
        'memory/memory.soft_limit_in_bytes',
        'memory/memory.oom_control',
        'pids/pids.max',
        'cpu/cpu.cfs_quota_us',
        'cpu/cpu.shares',
        'devices/devices.allow',
        'freezer/freezer.state',
      ];
  const there = await machine.runs(
    `cd /sys/fs/cgroup; for f in ${limits.join(' ')}; do test -e $f && echo $f; done; :`,
  );
  expect(there.split('\n').length).toBeGreaterThan(4);
  for (const file of there.split('\n')) {
    const { code } = await machine.tries(`chmod 666 /sys/fs/cgroup/${file}; echo 1 >/sys/fs/cgroup/${file}`);
    expect([file, code]).toEqual([file, 1]);
  }
  const { HostConfig } = await machine.container.inspect();
  expect(HostConfig.Memory).toBe(LIMITS.memoryBytes);
});

test('the hierarchy mounted anew begins at its own group, whose limits are as closed as before', async () => {
  const machine = await lab.machine();
  await machine.runs('mkdir /tmp/c; mount -t cgroup -o pids c /tmp/c || mount -t cgroup2 c /tmp/c');
  expect(await machine.runs('cat /tmp/c/pids.max')).toBe(String(LIMITS.pids));
  expect((await machine.tries('echo max >/tmp/c/pids.max')).code).toBe(1);
  expect(await machine.runs('find /tmp/c -name "*[0-9a-f]*" -path "*/docker/*/docker/*" | wc -l')).toBe('0');
});

test('no subvolume can be made or unlocked, by tool or by raw call', async () => {
  const machine = await lab.machine();
  // linux/btrfs.h: SUBVOL_CREATE, SNAP_CREATE, SUBVOL_CREATE_V2, SNAP_CREATE_V2, SNAP_DESTROY, SUBVOL_SETFLAGS.
  const calls = [0x5000940e, 0x50009401, 0x50009418, 0x50009417, 0x5000940f, 0x4008941a];
  for (const call of calls) {
    const perl =
      `use Fcntl; sysopen(my $f, "/var/lib/docker", O_RDONLY) or die; my $b = "\\0" x 8 . "escaped" . "\\0" x 4081;` +
      `my $r = syscall(16, fileno($f), ${call}, $b); print $r == -1 ? $!+0 : "made"`;
    // 1 is EPERM, by the call filter; anything else came from the file system itself.
    expect([call.toString(16), await machine.runs(`perl -e '${perl}'`)]).toEqual([call.toString(16), '1']);
  }
  expect(await readdir(lab.settings.poolDirectory)).not.toContain('escaped');
});

test('a full disk stops nothing but writing, and is free again after deleting', async () => {
  const machine = await lab.machine();
  const fill = await machine.tries('dd if=/dev/zero of=/root/fill bs=1M count=600 conv=fsync');
  expect([fill.code, /quota|No space/i.test(fill.output)]).toEqual([1, true]);
  await machine.runs('docker version');
  const { diskBytes, diskLimitBytes } = await lab.engine.usage(machine.ref);
  expect(diskBytes / diskLimitBytes).toBeGreaterThan(0.95);
  expect(diskBytes).toBeLessThanOrEqual(diskLimitBytes);
  await machine.runs('rm /root/fill; sync');
  await machine.runs('dd if=/dev/zero of=/root/again bs=1M count=100 conv=fsync');
});

test('everything that can be written lies under the limit: volumes and temporary files too', async () => {
  const machine = await lab.machine();
  for (const path of ['/tmp/fill', '/var/lib/docker/fill', '/etc/fill', '/usr/fill']) {
    const { code } = await machine.tries(
      `dd if=/dev/zero of=${path} bs=1M count=400 conv=fsync; r=$?; rm -f ${path}; sync; exit $r`,
    );
    expect([path, code]).toEqual([path, 1]);
  }
});

test('a fork bomb leaves the engine and the neighbours well, and can be ended', async () => {
  const [machine, neighbour] = await Promise.all([lab.machine(), lab.machine()]);
  const bomb = await lab.engine.exec(machine.ref, {
    command: ['bash', '-c', 'b() { b | b & }; b 2>/dev/null; sleep 60'],
    asLearner: true,
  });
  const usage = async () => (await lab.engine.usage(machine.ref)).pids;
  await expect.poll(usage, { timeout: 20_000 }).toBeGreaterThan(LIMITS.pids * 0.5);
  expect(await answers(machine)).toBeLessThan(10_000);
  expect(await answers(neighbour)).toBeLessThan(10_000);
  expect((await lab.engine.usage(machine.ref)).pids).toBeLessThanOrEqual(LIMITS.pids);
  bomb.close();
  await lab.engine.stopMachine(machine.ref);
  await lab.engine.startMachine(machine.ref);
  expect(await answers(machine)).toBeLessThan(10_000);
});

test('a memory hog is ended alone: the engine and the neighbours live on', async () => {
  const [machine, neighbour] = await Promise.all([lab.machine(), lab.machine()]);
  const before = await machine.runs('pidof dockerd');
  const { code } = await machine.tries(`perl -e 'my @a; push @a, "x" x 10_000_000 while 1'`);
  expect(code).toBe(137);
  expect(await machine.runs('pidof dockerd')).toBe(before);
  expect(await answers(machine)).toBeLessThan(10_000);
  expect(await answers(neighbour)).toBeLessThan(10_000);
});

test('a hog in a container is ended alone too', async () => {
  const machine = await lab.machine({ images: ['debian'], limits: { diskBytes: 1024 * MIB } });
  const before = await machine.runs('pidof dockerd');
  const { code } = await machine.tries(
    `docker run --rm debian perl -e 'my @a; push @a, "x" x 10_000_000 while 1'`,
  );
  expect(code).toBe(137);
  expect(await machine.runs('pidof dockerd')).toBe(before);
});

test('a tenant that freezes itself hangs nobody: processes start, or fail in time, and it can be removed', async () => {
  const machine = await lab.machine();
  await machine.tries(
    `cd /sys/fs/cgroup; if [ -e cgroup.controllers ]; then (sleep 0.3; echo 1 >init/cgroup.freeze) & else
     mkdir freezer/ice; for p in $(cat freezer/cgroup.procs); do echo $p >freezer/ice/cgroup.procs; done
     (sleep 0.3; echo FROZEN >freezer/ice/freezer.state) & fi; sleep 0.1`,
    { asLearner: false, timeoutMs: 5_000 },
  );
  const startedMs = performance.now();
  // Docker itself says nothing about a machine in which it waits for a process to start.
  const asked = await Promise.allSettled([
    lab.engine.run(machine.ref, { command: ['true'], startTimeoutMs: 2_000, timeoutMs: 5_000 }),
    lab.engine.usage(machine.ref),
  ]);
  for (const answer of asked)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'machine_unreachable' });
  expect(performance.now() - startedMs).toBeLessThan(12_000);
  await lab.engine.stopMachine(machine.ref);
  await lab.engine.removeMachine(machine.ref);
  expect(await lab.engine.machines()).toEqual([]);
});

test('the kernel and the devices of the host are not to be touched', async () => {
  const machine = await lab.machine();
  const attempts = {
    sysctl: 'echo 1 >/proc/sys/kernel/panic',
    'core pattern': 'echo "|/tmp/x" >/proc/sys/kernel/core_pattern',
    sysrq: 'echo h >/proc/sysrq-trigger',
    module: 'modprobe dummy || insmod /tmp/x.ko',
    'host disk': 'mknod /tmp/disk b 7 0 && dd if=/tmp/disk of=/dev/null count=1',
    memory: 'mknod /tmp/mem c 1 1 && dd if=/tmp/mem of=/dev/null count=1',
    clock: 'date -s 2001-01-01',
    reboot: `perl -e 'exit(syscall(169, 0xfee1dead, 672274793, 0x1234567, 0) == 0 ? 0 : 1)'`,
    'host mount': 'mount /dev/loop0 /mnt',
  };
  for (const [name, line] of Object.entries(attempts))
    expect([name, (await machine.tries(line)).code === 0]).toEqual([name, false]);
});

test('a privileged container inside gains nothing over the machine', async () => {
  const machine = await lab.machine({ images: ['debian'], limits: { diskBytes: 1024 * MIB } });
  const inner = (line: string) =>
    machine.tries(
      `docker run --rm --privileged --pid host --network host --cgroupns host debian bash -c '${line}'`,
    );
  expect((await inner('echo fine')).output).toContain('fine');
  for (const line of [
    'echo 1 >/proc/sys/kernel/panic',
    'mknod /d b 7 0 && dd if=/d of=/dev/null count=1',
    'mkdir /c; mount -t cgroup -o pids c /c || mount -t cgroup2 c /c; echo max >/c/pids.max',
  ])
    expect([line, (await inner(line)).code === 0]).toEqual([line, false]);
});

test('a machine takes the tenant with it: nothing of a removed sandbox runs on', async () => {
  const machine = await lab.machine();
  await machine.runs(
    'setsid nohup bash -c "trap \'\' TERM INT HUP; exec -a immortal sleep 4321" >/dev/null 2>&1 & sleep 0.2',
  );
  await lab.engine.removeMachine(machine.ref);
  await lab.engine.removeNetwork(machine.ref.sandbox);
  expect(await lab.engine.remains()).toEqual([]);
  const running = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(commandLine),
  );
  expect(running.filter((line) => line.startsWith('immortal'))).toEqual([]);
});

async function commandLine(pid: string): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
}
