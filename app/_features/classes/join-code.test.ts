import { expect, test } from 'vitest';
import { readCode, troubleOf } from './join-code.ts';

test('a code is read however it is typed', () => {
  for (const typed of ['K7QM-4XPA', 'k7qm4xpa', ' k7qm 4xpa ', 'K7QM–4XPA'])
    expect(readCode(typed)).toBe('K7QM-4XPA');
});

test('what cannot be a code is none', () => {
  for (const typed of ['', 'K7QM', 'K7QM-4XP0', 'K7QM-4XPI', 'K7QM-4XPAA', '../me'])
    expect(readCode(typed)).toBeNull();
});

test('each refusal leads to its own words, and what is not the code’s fault to none', () => {
  expect(
    ['join_code_unknown', 'bad_request', 'join_code_expired', 'join_code_used_up', 'too_many_learners'].map(
      troubleOf,
    ),
  ).toEqual(['unknown', 'unknown', 'expired', 'used_up', 'used_up']);
  expect(troubleOf('not_allowed')).toBe('removed');
  expect(troubleOf('too_many_requests')).toBe('too_fast');
  expect(troubleOf('engine_down')).toBeNull();
});
