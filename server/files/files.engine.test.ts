/** Looking at the files of a real machine, with all that a learner's root can put in the way. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILE_LIMITS } from '../protocol/numbers.ts';
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
async function downloaded(path: string): Promise<Buffer> {
  const { body } = await place.files.download(place.at(path));
  return Buffer.concat(await Array.fromAsync(body as AsyncIterable<Buffer>));
}

describe('looking', () => {
  test('a directory with everything that can lie in one', async () => {
    await runs(
      'mkdir -p /root/zoo/inner && cd /root/zoo && echo hi > file && ln -s file good && ln -s nowhere bad && ' +
        'ln -s inner way && mkfifo pipe && ln -s /dev/zero zero && ' +
        `perl -MSocket -e 'socket(S,AF_UNIX,SOCK_STREAM,0); bind(S,sockaddr_un("sock"))'; ` +
        `touch -- 'new\nline' 'größe 文件' $'odd\\xff' ' ' '-rf' "quote'\\""`,
    );
    const view = await look('/root/zoo');
    if (view.type !== 'directory') throw new Error(view.type);
    const facts = view.entries.map(({ name, kind, target, openable }) => [name, kind, target, openable]);
    expect(facts.toSorted()).toEqual(
      [
        [' ', 'file', null, true],
        ['-rf', 'file', null, true],
        ['bad', 'link', null, true],
        ['file', 'file', null, true],
        ['good', 'link', 'file', true],
        ['größe 文件', 'file', null, true],
        ['inner', 'directory', null, true],
        ['new\nline', 'file', null, true],
        ['odd\\xff', 'file', null, false],
        ['pipe', 'pipe', null, true],
        [`quote'"`, 'file', null, true],
        ['sock', 'socket', null, true],
        ['way', 'link', 'directory', true],
        ['zero', 'link', 'device', true],
      ].toSorted(),
    );
    expect(view.more).toBe(false);
    expect(await text('/root/zoo/good')).toMatchObject({ text: 'hi\n', bytes: 3 });
    for (const name of ['new\nline', 'größe 文件', ' ', '-rf'])
      expect(await text(`/root/zoo/${name}`)).toMatchObject({ text: '' });
  });

  test('what is no file is told of, and nobody waits for it', async () => {
    const startedAtMs = performance.now();
    for (const [name, kind] of [
      ['pipe', 'pipe'],
      ['sock', 'socket'],
      ['zero', 'device'],
    ]) {
      expect(await look(`/root/zoo/${name}`)).toEqual({ type: 'special', path: `/root/zoo/${name}`, kind });
      expect(await code(save(`/root/zoo/${name}`, 'x'))).toBe('file_refused wrong_kind');
      expect(await code(downloaded(`/root/zoo/${name}`))).toBe('file_refused wrong_kind');
    }
    expect(await code(downloaded('/root/zoo'))).toBe('file_refused wrong_kind');
    expect(await code(save('/root/zoo', 'x'))).toBe('file_refused wrong_kind');
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });

  test('a path that leads nowhere, round in a circle, or through a file', async () => {
    await runs('cd /root/zoo && ln -s loop loop');
    expect(await code(look('/root/none'))).toBe('file_not_found missing');
    expect(await code(look('/root/zoo/bad'))).toBe('file_refused broken_link');
    expect(await code(save('/root/zoo/bad', 'x'))).toBe('file_refused broken_link');
    expect(await code(look('/root/zoo/loop'))).toBe('file_refused link_loop');
    expect(await code(look('/root/zoo/file/under'))).toBe('file_refused no_directory');
    expect(await code(look(`/root/${'x'.repeat(300)}`))).toBe('file_refused name_too_long');
  });

  test('a directory with more than is told says so', async () => {
    await runs('mkdir /root/many && cd /root/many && seq 2500 | xargs touch');
    const view = await look('/root/many');
    expect(view.type === 'directory' && [view.entries.length, view.more]).toEqual([
      FILE_LIMITS.entries,
      true,
    ]);
  });

  test('files of /proc that say they are empty, and one that never ends', async () => {
    expect((await text('/proc/self/status')).text).toContain('Name:\tagent');
    expect((await downloaded('/proc/version')).toString()).toContain('Linux');
    expect(await code(look('/proc/self/mem'))).toBe('file_refused failed');
    expect(await code(look('/proc/kmsg'))).toMatch(/^file_refused/);
  });

  test('bytes that are no text are said to be none', async () => {
    await runs(
      `cd /root && printf 'a\\0b' > zero.bin; printf '\\xc3\\x28' > odd.bin; printf '\\xef\\xbb\\xbfmark\\r\\n' > mark`,
    );
    expect(await look('/root/zero.bin')).toMatchObject({ type: 'binary', bytes: 3 });
    expect(await look('/root/odd.bin')).toMatchObject({ type: 'binary', bytes: 2 });
    expect((await text('/root/mark')).text).toBe('\ufeffmark\r\n');
    const { text: kept, version } = await text('/root/mark');
    expect((await save('/root/mark', kept, { version })).version).toBe(version);
    expect(await runs('od -An -tx1 /root/mark')).toBe('ef bb bf 6d 61 72 6b 0d 0a');
  });

  test('a file of 1 GB is not opened, and comes through as a download in little memory', async () => {
    // Sparse: what counts is how much of it passes through us.
    await runs(
      'truncate -s 1G /root/large && truncate -s 2097153 /root/over && truncate -s 2097152 /root/just',
    );
    expect(await look('/root/large')).toMatchObject({ type: 'large', bytes: 1024 ** 3 });
    expect(await look('/root/over')).toMatchObject({ type: 'large' });
    expect(await look('/root/just')).toMatchObject({ type: 'binary', bytes: 2 * 1024 ** 2 });
    const { body, bytes } = await place.files.download(place.at('/root/large'));
    expect(bytes).toBe(1024 ** 3);
    let got = 0;
    let most = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      got += chunk.length;
      if (got % (64 * 1024 ** 2) < chunk.length) most = Math.max(most, process.memoryUsage().rss);
    }
    expect(got).toBe(1024 ** 3);
    expect(most).toBeLessThan(600 * 1024 ** 2);
  });
});

describe('nothing on the host is reached', () => {
  const SECRET = '/var/lib/drydock-secret-of-the-host';

  test('by a link planted in the machine, absolute or upwards, to read, write, list or delete', async () => {
    await writeFile(SECRET, 'of the host');
    try {
      await runs(
        `mkdir -p /root/trap && cd /root/trap && ln -s ${SECRET} absolute && ln -s ../../../../../../../..${SECRET} upwards && ` +
          'ln -s / root && ln -s /proc/1/root processes',
      );
      for (const name of ['absolute', 'upwards']) {
        expect(await code(look(`/root/trap/${name}`))).toBe('file_refused broken_link');
        expect(await code(save(`/root/trap/${name}`, 'x'))).toBe('file_refused broken_link');
      }
      expect(await code(look(`/root/trap/root${SECRET}`))).toBe('file_not_found missing');
      expect(await code(look(`/root/trap/processes${SECRET}`))).toBe('file_not_found missing');
      expect((await text('/root/trap/root/etc/hostname')).text.trim()).toBe(await runs('hostname'));
      // The same path made inside the machine: both are there, and each stays what it is.
      await save(SECRET, 'of the machine', 'nothing');
      expect((await text('/root/trap/absolute')).text).toBe('of the machine');
      await save('/root/trap/upwards', 'changed');
      expect(await runs(`cat ${SECRET}`)).toBe('changed');
      await place.files.remove(place.at('/root/trap'));
      expect(await runs(`cat ${SECRET}`)).toBe('changed');
      expect(await readFile(SECRET, 'utf8')).toBe('of the host');
    } finally {
      await rm(SECRET, { force: true });
    }
  });

  test('by a file that is swapped for a link, a pipe and back while it is read and saved', async () => {
    await runs(
      'mkdir /root/swap && cd /root/swap && echo real > real && mkfifo fifo && ln -s /etc/shadow link && cp real target && ' +
        `(end=$((SECONDS+6)); while [ $SECONDS -lt $end ]; do ln -f fifo t1; mv -f t1 target; cp -P link t2; mv -f t2 target; cp real t3; mv -f t3 target; done) >/dev/null 2>&1 &`,
    );
    const seen = new Set<string>();
    const until = performance.now() + 4_000;
    while (performance.now() < until) {
      seen.add(
        await look('/root/swap/target').then(
          (view) => view.type,
          (error: { code: string }) => error.code,
        ),
      );
      seen.add(await code(save('/root/swap/target', 'saved\n')));
    }
    expect([...seen].filter((what) => what.includes('unreachable'))).toEqual([]);
    expect(seen).toContain('text');
  });
});
