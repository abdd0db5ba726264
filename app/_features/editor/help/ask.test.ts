import { expect, test } from 'vitest';
import { answerWith } from './answer.ts';
import { askerOf } from './ask.ts';
import type { Helper } from './wire.ts';

type Listener = (event: { data: unknown }) => void;

/** A page and a worker, wired to each other as a browser does it. */
function pair(helper: Helper) {
  const heard: Record<string, Listener> = {};
  let toWorker: Listener = () => undefined;
  answerWith(helper, {
    addEventListener: (_, listener) => void (toWorker = listener),
    postMessage: (data) => heard.message?.({ data }),
  });
  const asker = askerOf({
    addEventListener: (type: string, listener: unknown) => void (heard[type] = listener as Listener),
    postMessage: (data: unknown) => toWorker({ data }),
    terminate: () => undefined,
  } as unknown as Worker);
  return { asker, heard };
}

const HELPER: Helper = {
  check: () => ({ findings: [], images: [] }),
  hints: () => new Promise(() => undefined),
  explain: () => {
    throw new Error('no words');
  },
  signatures: () => null,
  format: (text) => [{ span: { start: at(0), end: at(0) }, text }],
};
const at = (line: number) => ({ line, character: 0 });

test('each call gets its own answer', async () => {
  const { asker } = pair(HELPER);
  const [checked, edits] = await Promise.all([
    asker.ask('check', 'text', { isWhole: true }),
    asker.ask('format', 'tidy', { tabSize: 2, insertSpaces: true }),
  ]);
  expect(checked).toEqual({ findings: [], images: [] });
  expect(edits[0]!.text).toBe('tidy');
});

test('what fails is told, and the next call is answered', async () => {
  const { asker } = pair(HELPER);
  await expect(asker.ask('explain', 'text', at(0))).rejects.toThrow('no words');
  expect(await asker.ask('signatures', 'text', at(0))).toBeNull();
});

test('a worker that breaks, or is ended, leaves nobody waiting', async () => {
  const { asker, heard } = pair(HELPER);
  const waiting = asker.ask('hints', 'text', at(0));
  (heard.error as unknown as (event: { message: string }) => void)({ message: 'gone' });
  await expect(waiting).rejects.toThrow('gone');
  await expect(asker.ask('signatures', 'text', at(0))).rejects.toThrow('gone');
  expect(asker.isEnded()).toBe(false);
  asker.end();
  expect(asker.isEnded()).toBe(true);
});
