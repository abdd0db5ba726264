/** The page's side of a worker of the help: calls that are promises. */
import type { Answer, Helper, Question } from './wire.ts';

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };
type Port = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

export type Asker = {
  ask: <Call extends keyof Helper>(
    call: Call,
    ...args: Parameters<Helper[Call]>
  ) => Promise<Awaited<ReturnType<Helper[Call]>>>;
  end: () => void;
  isEnded: () => boolean;
};

export function askerOf(worker: Port): Asker {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let broken: Error | null = null;
  let ended = false;
  const breakOff = (error: Error) => {
    broken = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }) => {
    const answer = data as Answer;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failed' in answer) asked?.reject(new Error(answer.failed));
    else asked?.resolve(answer.value as never);
  });
  worker.addEventListener('error', (event) =>
    breakOff(new Error(`the help's worker failed: ${event.message}`)),
  );
  return {
    ask: (call, ...args) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        const id = ++last;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, call, args } satisfies Question, []);
      }),
    isEnded: () => ended,
    end: () => {
      ended = true;
      worker.terminate();
      breakOff(new Error('the file was closed'));
    },
  };
}
