/** Going back in time as a page does it: how long a state takes to be kept, and until its learner has it back. */
import { historySchema } from '#server/protocol/history.ts';
import { Guest, whenReady } from './client.ts';
import { type Figure, fromSamples } from './figure.ts';

/** One learner may not ask for all of it in a row. */
const LEARNERS = 4;
const ROUNDS = 5;

export async function* benchHistory(
  url: string,
  lesson: { course: string; lesson: string },
): AsyncGenerator<Figure> {
  const keptMs: number[] = [];
  const backMs: number[] = [];
  for (let learner = 0; learner < LEARNERS; learner++) {
    const guest = await Guest.signIn(url);
    const sandbox = await guest.openSandbox({ lesson });
    await whenReady(guest, sandbox);
    await withContainer(guest, sandbox.id);
    const path = `/api/sandboxes/${sandbox.id}`;
    using feed = guest.feed(sandbox.id);
    await feed.next((message) => message.type === 'all');
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const reply = await guest.request('POST', `${path}/snapshots`, { name: `round ${round}` });
      keptMs.push(performance.now() - started);
      const snapshot = historySchema.parse(await reply.json()).snapshots.at(-1)!.id;
      const asked = performance.now();
      await guest.request('POST', `${path}/rewind`, { to: 'snapshot', snapshot });
      // As long as it is on its way it is not ready.
      await feed.next((message) => message.type === 'sandbox' && message.sandbox.state === 'preparing');
      await feed.next((message) => message.type === 'sandbox' && message.sandbox.state === 'ready');
      backMs.push(performance.now() - asked);
      await guest.request('DELETE', `${path}/snapshots/${snapshot}`);
    }
    await guest.closeSandbox(sandbox.id);
  }
  const figure = (name: string, samples: number[], most: number) =>
    fromSamples({ name, unit: 'ms', samples, goals: [{ at: 'p95', most }] });
  yield figure('snapshot.ms', keptMs, 100);
  yield figure('rewind.ms', backMs, 2000);
}

/** What is kept has something that runs, which has to run again. */
async function withContainer(guest: Guest, sandbox: string): Promise<void> {
  using feed = guest.feed(sandbox);
  await feed.next((message) => message.type === 'all');
  const hands = guest.terminal(sandbox, '1', () => {});
  await new Promise((resolve) => hands.once('open', resolve));
  hands.send(Buffer.from('docker run -d --name web busybox sleep 1000\r'));
  await feed.next((message) => message.type === 'command');
  hands.close();
}
