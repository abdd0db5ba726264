/** One shell, several viewers; and those who may not look. */
import { expect, test } from './story/learner.ts';

test('a second browser of the same user joins the same shell', async ({ learner, newLearner }) => {
  await learner.opensPlayground();
  await learner.screen.runs('echo one""-first');
  await learner.screen.sees('one-first');
  const second = await newLearner(learner.page.context());
  await second.opensPlayground();
  await second.screen.sees('one-first');
  await second.screen.runs('echo two""-second');
  await learner.screen.sees('two-second');
  expect(await second.screen.asks('there', '$$')).toBe(await learner.screen.asks('here', '$$'));
});

test('a stranger is closed with 4403, nobody with 4401, and an unknown sandbox with 4404', async ({
  learner,
  newLearner,
}) => {
  await learner.opensPlayground();
  const { id } = await learner.sandbox();
  const closeCode = (page: typeof learner.page, sandbox: string) =>
    page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(`/api/sandboxes/${wanted}/machines/node1/terminals/1`);
          socket.addEventListener('close', ({ code }) => resolve(code));
        }),
      sandbox,
    );
  const stranger = await newLearner();
  await stranger.page.goto('/en');
  expect(await closeCode(stranger.page, id)).toBe(4401);
  await stranger.opensPlayground();
  expect(await closeCode(stranger.page, id)).toBe(4403);
  expect(await closeCode(learner.page, 'aaaaaaaa')).toBe(4404);
});
