import { expect, test } from 'vitest';
import { ERROR_STATUS } from '#server/protocol/errors.ts';
import { answerFor, Refusal } from './refusal.ts';

test.each(Object.entries(ERROR_STATUS))('%s is answered with status %i', (name, status) => {
  const answer = answerFor(new Refusal(name as keyof typeof ERROR_STATUS, 'No.'));
  expect([answer.status, answer.body.error.code]).toEqual([status, name]);
});

test('an error of a room keeps its code and sentence', () => {
  const error = Object.assign(new Error('The disk is full.'), { code: 'disk_full' });
  expect(answerFor(error)).toMatchObject({
    status: 507,
    body: { error: { message: 'The disk is full.' } },
  });
  expect(answerFor(Object.assign(new Error('x'), { code: 'ENOENT' })).status).toBe(500);
});
