import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { packTar } from './tar.ts';

const file = (path: string, text = 'text', executable = false) => ({
  path,
  content: Buffer.from(text),
  executable,
});

function list(archive: Buffer): string[] {
  return execFileSync('tar', ['-tvf', '-'], { input: archive, encoding: 'utf8' }).trim().split('\n');
}

test('tar reads back names, sizes and modes', () => {
  const [first, second] = list(packTar([file('web/index.html', 'x'.repeat(513)), file('run.sh', '', true)]));
  expect(first).toMatch(/^-rw-r--r-- 0\/0\s+513 .*web\/index.html$/);
  expect(second).toMatch(/^-rwxr-xr-x 0\/0\s+0 .*run.sh$/);
});

test('contents come out as they went in', () => {
  const archive = packTar([file('a', '一\n'), file('b', 'two')]);
  expect(execFileSync('tar', ['-xOf', '-'], { input: archive, encoding: 'utf8' })).toBe('一\ntwo');
});

test('long paths are kept whole', () => {
  const path = `${'folder/'.repeat(20)}file`;
  expect(list(packTar([file(path)]))[0]).toContain(path);
});

test('a path that leads elsewhere is refused', () => {
  for (const path of ['/etc/passwd', '../x', 'a/../../b'])
    expect(() => packTar([file(path)])).toThrow('invariant');
});
