/** The first minutes of a newcomer: two clicks to a prompt, a command by click, a task that ticks by itself. */
import { expect, LESSON_PATH, test } from './story/learner.ts';

test('a guest reaches a prompt in two clicks, runs hello-world by click, and comes back to the same shell', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await page.goto('/');
  await expect(page).toHaveURL(/\/en$/);
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await screen.hasPrompt({ timeout: 30_000 });

  await learner.clicksRun('docker run hello-world');
  await screen.sees('Hello from Docker!');
  await learner.seesDone('hello-ran');

  const shell = await screen.asks('pid', '$$');
  await page.reload();
  await screen.sees('Hello from Docker!');
  expect(await screen.asks('again', '$$')).toBe(shell);
  await learner.seesDone('hello-ran');
});

test('the first click counts, however early it comes', async ({ learner }) => {
  const { page, screen } = learner;
  await page.goto(LESSON_PATH);
  // As soon as it can be pressed: the terminal is still on its way.
  await page.getByRole('button', { name: 'Run', exact: true }).first().click({ timeout: 30_000 });
  await learner.seesDone('hello-ran');
  await screen.hasPrompt();
  expect((await screen.text()).match(/docker run hello-world/g)).toHaveLength(1);
});

test('a near miss is told in the learner’s own numbers', async ({ learner }) => {
  await learner.opensLesson();
  await learner.page.getByRole('button', { name: 'Next step' }).click();
  await learner.screen.runs('docker run -d --name web -p 80:80 nginx');
  await expect(learner.task('web-on-8080')).toContainText('you published 80→80');
  await learner.screen.runs('docker rm -f web; docker run -d --name web -p 8080:80 nginx');
  await learner.seesDone('web-on-8080');
});
