/** Programs that were given a fixed address do what they did, and leave their relocated pages to be shared. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnfitProgramError, withFixedAddress } from './fixed-address.ts';

/** Pointers to data, to functions and into libraries, thread-local data, a constructor; ends with its input. */
const SOURCE = `
  #include <ctype.h>
  #include <stdio.h>
  static _Thread_local int own = 41;
  static int from_constructor;
  __attribute__((constructor)) static void construct(void) { from_constructor = 7; }
  static int twice(int x) { return 2 * x; }
  static int (*const calls[])(int) = {twice, toupper};
  #define TEN(x) x, x, x, x, x, x, x, x, x, x
  static const char *const words[] = {TEN(TEN(TEN(TEN("a")))), "last"};
  int main(int argc, char **argv) {
    volatile int one = 1;
    own += argc;
    printf("%d %d %c ", own, calls[one - 1](21), calls[one]('x'));
    printf("%s %s %d\\n", words[one * 10000], argv[1], from_constructor);
    fflush(stdout);
    getchar();
    return 0;
  }`;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'drydock-fixed-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Compiles as Debian does with full hardening. */
function compile(name: string, ...flags: string[]): string {
  const path = join(directory, name);
  execFileSync('gcc', ['-O1', ...flags, '-x', 'c', '-', '-o', path], { input: SOURCE });
  return path;
}

function fix(path: string): string {
  writeFileSync(`${path}-fixed`, withFixedAddress(readFileSync(path)));
  chmodSync(`${path}-fixed`, 0o755);
  return `${path}-fixed`;
}

const HARDENED = ['-fpie', '-pie', '-Wl,-z,relro,-z,now'];

/** What it prints, and how much of its constants (mapped private and read-only) became its own, in KiB. */
async function look(path: string): Promise<{ said: string; ownKib: number }> {
  const child = spawn(path, ['argument'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const parts = readFileSync(`/proc/${child.pid}/smaps`, 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m);
  child.stdin.end();
  await once(child, 'exit');
  const constants = parts.filter((part) => part.includes(' r--p ') && part.split('\n')[0]!.endsWith(path));
  const ownKib = constants.map((part) => Number(/^Anonymous: +(\d+) kB$/m.exec(part)![1]));
  return { said: said.toString(), ownKib: ownKib.reduce((sum, kib) => sum + kib, 0) };
}

test('a program finds its data, its functions and those of libraries, and its constants stay the file’s', async () => {
  const path = compile('program', ...HARDENED);
  const [before, after] = [await look(path), await look(fix(path))];
  expect(before.said).toBe('43 42 X last argument 7\n');
  expect(after.said).toBe(before.said);
  expect(before.ownKib).toBeGreaterThan(70);
  expect(after.ownKib).toBeLessThanOrEqual(8);
});

test('a whole program of Debian still works', () => {
  const path = join(directory, 'bash');
  copyFileSync('/bin/bash', path);
  const script =
    'declare -A a=([x]=1); for i in {1..3}; do a[x]=$((a[x] * 7)); done; echo ${a[x]} $(printf %05d 42)';
  const ran = spawnSync(fix(path), ['-c', script], { encoding: 'utf8' });
  expect(ran).toMatchObject({ status: 0, stdout: '343 00042\n', stderr: '' });
});

test('a program of another kind is refused', () => {
  const kinds: [string, string[]][] = [
    ['fixed', ['-no-pie', '-fno-pie']],
    ['lazy', ['-fpie', '-pie', '-Wl,-z,lazy']],
    ['packed', [...HARDENED, '-Wl,-z,pack-relative-relocs']],
    ['static', ['-static-pie', '-fpie']],
  ];
  for (const [name, flags] of kinds)
    expect(() => withFixedAddress(readFileSync(compile(name, ...flags))), name).toThrow(UnfitProgramError);
  expect(() => withFixedAddress(Buffer.from('#!/bin/sh\n'.repeat(10)))).toThrow(UnfitProgramError);
});
