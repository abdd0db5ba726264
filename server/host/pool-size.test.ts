import { expect, test } from 'vitest';
import { SetUpError } from './errors.ts';
import { choosePoolBytes } from './pool-size.ts';

const GIB = 1024 ** 3;

test('two thirds of what is free beyond the reserve', () => {
  expect(choosePoolBytes(66 * GIB, null)).toBe(40 * GIB);
});

test('a huge disk is not taken whole', () => {
  expect(choosePoolBytes(4000 * GIB, null)).toBe(200 * GIB);
});

test('a size that is asked for is given where it fits', () => {
  expect(choosePoolBytes(10 * GIB, 3 * GIB)).toBe(3 * GIB);
});

test('a full disk is refused with the way out', () => {
  expect(() => choosePoolBytes(12 * GIB, null)).toThrow('Too little disk: 12.0 GiB free, 18.0 GiB needed.');
  expect(() => choosePoolBytes(4 * GIB, 3 * GIB)).toThrow(SetUpError);
});
