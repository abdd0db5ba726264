/** The worker's side: answers one call after the other; what fails is told, and the next one is answered. */
import type { Answer, Helper, Question } from './wire.ts';

type Scope = {
  addEventListener: (type: 'message', listener: (event: { data: unknown }) => void) => void;
  postMessage: (answer: Answer, transfer: []) => void;
};

export function answerWith(helper: Helper, scope = globalThis as unknown as Scope): void {
  scope.addEventListener('message', async ({ data }) => {
    const { id, call, args } = data as Question;
    try {
      const work = helper[call] as (...args: unknown[]) => unknown;
      scope.postMessage({ id, value: await work(...args) }, []);
    } catch (error) {
      scope.postMessage({ id, failed: String(error) }, []);
    }
  });
}
