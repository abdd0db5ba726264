/** A lesson on two machines: both in sight, commands go where they belong, and each machine is told from the other. */
import { expect, test } from './story/learner.ts';
import { Screen } from './story/screen.ts';

const LESSON = '/en/learn/e2e/two-machines';

test('a learner serves on one machine and looks from the other', async ({ learner }) => {
  const { page, screen } = learner;
  const second = new Screen(page, 'node2/1');
  await page.goto(LESSON);
  await screen.hasPrompt({ timeout: 30_000 });
  await second.sees(/root@node2:[^\n]*# ?\n*$/, { timeout: 30_000 });
  await expect(page.getByRole('tab')).toHaveText(['node1', 'node2', 'Files']);
  await expect(page.getByRole('status').filter({ hasText: 'node1, node2 ready' })).toBeVisible();

  await page.getByRole('button', { name: 'Run in node2' }).click();
  await learner.seesDone('web-there');
  await expect(page.getByRole('tab', { selected: true })).toHaveText('node2');
  await expect(page.getByRole('meter', { name: 'node2 memory' })).toBeVisible();

  await page.getByRole('button', { name: 'Run in node1' }).click();
  await screen.sees('Hello from node2');
  await learner.seesDone('seen-here');
  await expect(page.getByRole('meter', { name: 'node1 memory' })).toBeVisible();

  // One container was there before the learner came.
  await page
    .getByRole('spinbutton')
    .or(page.getByRole('textbox', { name: /how many/i }))
    .fill('2');
  await page.keyboard.press('Enter');
  await learner.seesDone('how-many');
});

test('a new terminal asks for its machine, and a closed one is opened again by a click on its command', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await page.goto(LESSON);
  await screen.hasPrompt({ timeout: 30_000 });
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('menuitem', { name: 'New terminal on node2' }).click();
  await expect(page.getByRole('tab')).toHaveText(['node1', 'node2', 'node2 (2)', 'Files']);
  expect(await new Screen(page, 'node2/2').asks('where', '$(hostname)')).toBe('node2');

  for (const name of ['node2 (2)', 'node2']) {
    await page.getByRole('tab', { name, exact: true }).focus();
    await page.keyboard.press('Delete');
  }
  await expect(page.getByRole('tab')).toHaveText(['node1', 'Files']);
  await page.getByRole('button', { name: 'Run in node2' }).click();
  await learner.seesDone('web-there');
  await expect(page.getByRole('tab')).toHaveText(['node1', 'node2', 'Files']);
});

test('on a phone one terminal fills the screen, the one that is chosen', async ({ learner }) => {
  const { page } = learner;
  await page.setViewportSize({ width: 390, height: 760 });
  await page.goto(LESSON);
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  const first = new Screen(page, 'node1/1');
  const second = new Screen(page, 'node2/1');
  await first.hasPrompt({ timeout: 30_000 });
  await expect(second.host).toBeHidden();
  await page.getByRole('tab', { name: 'node2' }).click();
  await expect(first.host).toBeHidden();
  await expect(second.host).toBeVisible();
  expect((await second.host.boundingBox())!.width).toBeGreaterThan(340);
});
