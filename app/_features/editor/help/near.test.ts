import { expect, test } from 'vitest';
import { nearest } from './near.ts';

test('letters wrong, missing, too many or in each other’s place are slips', () => {
  const words = ['FROM', 'RUN', 'EXPOSE', 'ENTRYPOINT'];
  expect(nearest('FORM', words)).toBe('FROM');
  expect(nearest('exose', words)).toBe('EXPOSE');
  expect(nearest('ENTRYPOINTS', words)).toBe('ENTRYPOINT');
  expect(nearest('RNU', words)).toBe('RUN');
});

test('what is too far away is not suggested', () => {
  expect(nearest('COPY', ['FROM', 'RUN'])).toBeNull();
  // A short word is soon near to anything.
  expect(nearest('ab', ['xy', 'run'])).toBeNull();
});
