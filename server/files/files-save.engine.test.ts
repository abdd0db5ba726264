/** Saving, moving and deleting in a real machine: all or nothing, and nothing beside what was meant. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRealFiles, type RealFiles } from './testing/real-files.ts';

let place: RealFiles;
beforeAll(async () => {
  place = await openRealFiles();
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const look = (path: string) => place.files.look(place.at(path));
const save = (path: string, text: string, over: Parameters<RealFiles['files']['save']>[1] = 'anything') =>
  place.files.save(place.at(path), over, Buffer.from(text));
const text = async (path: string) => {
  const view = await look(path);
  if (view.type !== 'text') throw new Error(`${path} is ${view.type}`);
  return view;
};
const runs = (line: string) => place.machine.runs(line);
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string; reason?: string }) => `${error.code} ${error.reason ?? ''}`.trim(),
  );

describe('saving', () => {
  test('keeps owner, mode and hard links, and writes through a link', async () => {
    await runs(
      'mkdir /root/keep && cd /root/keep && echo old > f && chown 33:44 f && chmod 4751 f && ln f twin && ln -s f link && ln -s link far',
    );
    await save('/root/keep/far', 'new\n');
    expect(
      await runs('cd /root/keep && cat f twin && stat -c "%u %g %a %h" f && readlink link && ls -A'),
    ).toBe('new\nnew\n33 44 4751 2\nf\nf\nfar\nlink\ntwin');
  });

  test('reaches a container that has the file mounted', async () => {
    await runs(
      'mkdir -p /mnt/seen && echo one > /root/page && touch /mnt/seen/page && mount --bind /root/page /mnt/seen/page',
    );
    await save('/root/page', 'two\n');
    expect(await runs('cat /mnt/seen/page')).toBe('two');
    await save('/mnt/seen/page', 'three\n');
    expect(await runs('cat /root/page; umount /mnt/seen/page')).toBe('three');
  });

  test('only over what was seen; a conflict tells the other version', async () => {
    const first = await save('/root/plan', 'one', 'nothing');
    expect(await code(save('/root/plan', 'x', 'nothing'))).toBe('file_conflict exists');
    const second = await save('/root/plan', 'two', { version: first.version });
    expect(second.version).not.toBe(first.version);
    await runs('printf three > /root/plan');
    const { version: third } = await text('/root/plan');
    await expect(save('/root/plan', 'four', { version: second.version })).rejects.toMatchObject({
      code: 'file_conflict',
      reason: 'changed',
      version: third,
    });
    expect((await text('/root/plan')).text).toBe('three');
    // Touched but the same: nothing is in conflict.
    await runs('touch /root/plan');
    await save('/root/plan', 'four', { version: third });
    await runs('rm /root/plan');
    await expect(save('/root/plan', 'five', { version: third })).rejects.toMatchObject({ version: null });
    expect(await runs('ls -A /root | grep -c drydock || true')).toBe('0');
  });

  test('a program that runs is replaced, a read-only mount and a file of the kernel are refused', async () => {
    await runs(
      'cp /usr/bin/sleep /root/runs && (/root/runs 60 &) && mkdir -p /mnt/ro && mount -t tmpfs -o size=1m tmpfs /mnt/ro',
    );
    await save('/root/runs', '#!/bin/sh\necho replaced\n');
    expect(await runs('/root/runs; stat -c %a /root/runs; pkill -x runs || true')).toBe('replaced\n755');
    await runs('echo kept > /mnt/ro/f && mount -o bind,remount,ro /mnt/ro');
    expect(await code(save('/mnt/ro/f', 'x'))).toBe('file_refused read_only');
    expect(await code(save('/mnt/ro/g', 'x', 'nothing'))).toBe('file_refused read_only');
    expect(await code(place.files.remove(place.at('/mnt/ro/f')))).toBe('file_refused read_only');
    expect(await code(place.files.remove(place.at('/mnt/ro')))).toMatch(/^file_refused (in_use|read_only)$/);
    expect((await text('/mnt/ro/f')).text).toBe('kept\n');
    await runs('umount /mnt/ro');
    expect(await code(save('/proc/version', 'x'))).toMatch(/^file_(refused|not_found)/);
  });

  test('on a full disk nothing is lost and it is said', async () => {
    await save('/root/dear', 'dear text', 'anything');
    await place.machine.tries(
      'cd /root && dd if=/dev/zero of=fill bs=1M; dd if=/dev/zero of=fill2 bs=4k; sync',
    );
    const more = Buffer.alloc(2 * 1024 ** 2, 'x');
    expect(await code(place.files.save(place.at('/root/dear'), 'anything', more))).toBe(
      'machine_disk_full disk_full',
    );
    expect((await text('/root/dear')).text).toBe('dear text');
    async function* pieces() {
      for (let count = 0; count < 5; count++) yield Buffer.alloc(1024 ** 2, 'y');
    }
    expect(await code(place.files.save(place.at('/root/dear'), 'anything', pieces()))).toBe(
      'machine_disk_full disk_full',
    );
    expect((await text('/root/dear')).text).toBe('dear text');
    expect(await runs('ls -A /root | grep -c "^.drydock" || true')).toBe('0');
    await place.files.remove(place.at('/root/fill'));
    await runs('rm -f /root/fill2');
    await save('/root/dear', 'dearer');
    expect((await text('/root/dear')).text).toBe('dearer');
  });

  test('an upload comes whole or not at all', async () => {
    const chunk = Buffer.alloc(1024 ** 2, 'z');
    async function* body(fails: boolean) {
      for (let count = 0; count < 20; count++) yield chunk;
      if (fails) throw new Error('the browser went away');
    }
    await place.files.save(place.at('/root/up'), 'nothing', body(false));
    expect(await runs('stat -c "%s %a" /root/up')).toBe(`${20 * 1024 ** 2} 644`);
    await expect(place.files.save(place.at('/root/up'), 'anything', body(true))).rejects.toThrow('went away');
    async function* tooMuch() {
      for (let count = 0; count < 51; count++) yield chunk;
    }
    expect(await code(place.files.save(place.at('/root/up'), 'anything', tooMuch()))).toBe(
      'payload_too_large',
    );
    expect(await runs('stat -c %s /root/up')).toBe(String(20 * 1024 ** 2));
    await expect.poll(() => runs('ls -A /root | grep -c "^.drydock" || true'), { timeout: 5_000 }).toBe('0');
  });

  test('takes less than 100 ms', async () => {
    const samples: number[] = [];
    let { version } = await save('/root/often', 'x'.repeat(4096));
    for (let round = 0; round < 60; round++) {
      const startedAtMs = performance.now();
      ({ version } = await save('/root/often', `${round} ${'x'.repeat(4096)}`, { version }));
      samples.push(performance.now() - startedAtMs);
    }
    const p95 = samples.toSorted((a, b) => a - b)[56]!;
    console.log(`save: p95 ${p95.toFixed(1)} ms`);
    expect(p95).toBeLessThan(100);
  });
});

describe('moving and deleting', () => {
  test('never over something, never onto another disk', async () => {
    await runs(
      'mkdir -p /root/mv/d && cd /root/mv && echo a > a && echo b > b && mkdir -p /mnt/other && mount -t tmpfs tmpfs /mnt/other',
    );
    expect(await code(place.files.move(place.at('/root/mv/a'), '/root/mv/b'))).toBe('file_conflict exists');
    expect(await code(place.files.move(place.at('/root/mv/d'), '/root/mv/d/e'))).toMatch(/^file_refused/);
    expect(await code(place.files.move(place.at('/root/mv/none'), '/root/mv/c'))).toBe(
      'file_not_found missing',
    );
    expect(await code(place.files.move(place.at('/root/mv/a'), '/mnt/other/a'))).toBe(
      'file_refused other_disk',
    );
    expect(await place.files.move(place.at('/root/mv/a'), '/root/mv/d/a')).toMatchObject({
      path: '/root/mv/d/a',
    });
    expect(await runs('umount /mnt/other; cat /root/mv/d/a /root/mv/b')).toBe('a\nb');
    expect(await code(place.files.createDirectory(place.at('/root/mv/d')))).toBe('file_conflict exists');
    expect(await place.files.createDirectory(place.at('/root/mv/新'))).toMatchObject({
      kind: 'directory',
      mode: 0o755,
    });
  });

  test('a tree goes with all its odd names, but nothing that its links lead to, nor what is mounted in it', async () => {
    await runs(
      `mkdir -p /root/tree/a/b/c && cd /root/tree && touch $'a/\\xff' 'a/new\nline' a/b/c/deep && mkdir /root/outside && ` +
        'echo safe > /root/outside/f && ln -s /root/outside a/b/way && ln -s . a/b/c/round && mkdir a/disk && mount -t tmpfs tmpfs a/disk && echo mounted > a/disk/f',
    );
    expect(await code(place.files.remove(place.at('/root/tree')))).toBe('file_refused other_disk');
    expect(
      await runs('find /root/tree -name deep; cat /root/tree/a/disk/f; umount /root/tree/a/disk'),
    ).toContain('mounted');
    await place.files.remove(place.at('/root/tree'));
    expect(await runs('ls -A /root/outside; ls -d /root/tree 2>&1 || true')).toContain('No such file');
    expect(await runs('cat /root/outside/f')).toBe('safe');
    expect(await code(place.files.remove(place.at('/root/tree')))).toBe('file_not_found missing');
  });

  test('too much, or too deep, is refused before anything goes', async () => {
    await runs('mkdir -p /root/heap && cd /root/heap && seq 21000 | xargs touch');
    await runs(`perl -e 'mkdir "/root/deep"; chdir "/root/deep"; for (1..300) { mkdir "d"; chdir "d" }'`);
    expect(await code(place.files.remove(place.at('/root/heap')))).toBe('file_refused too_many');
    expect(await code(place.files.remove(place.at('/root/deep')))).toBe('file_refused too_many');
    expect(await runs('ls /root/heap | wc -l; rm -rf /root/heap /root/deep')).toBe('21000');
  });
});
