/** Going back in time: to the end of a step, to what was kept by hand, to the beginning of a later step, and beside the first try. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, LESSON_PATH, test, type Learner } from './story/learner.ts';

/** Back with its engine and a shell, on a machine with other things to do. */
const BACK_MS = 30_000;

const panel = (page: Page) => page.getByRole('dialog', { name: 'Go back', exact: true });
const toast = (page: Page, words: string) => page.locator('.toast', { hasText: words });
const point = (page: Page, words: string) => panel(page).getByRole('listitem').filter({ hasText: words });

async function opensPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Go back…' }).click();
  await expect(panel(page)).toBeVisible();
}

/** Step 1 is done in a directory of its own, and its end is kept. */
async function endsFirstStep(learner: Learner): Promise<void> {
  const { page, screen } = learner;
  await learner.opensLesson();
  await screen.runs('mkdir work && cd work && echo precious > note && docker run --name first hello-world');
  await learner.seesDone('hello-ran');
  await opensPanel(page);
  await expect(point(page, 'Step 1 · Run')).toContainText(/as you left it at \d\d:\d\d/);
  await page.keyboard.press('Escape');
}

/** Reads what is told, then goes. */
async function goesBackTo(page: Page, row: string, place: string): Promise<Locator> {
  await opensPanel(page);
  await panel(page)
    .getByRole('button', { name: `Go back: ${row}` })
    .click();
  const asking = page.getByRole('dialog', { name: `Go back to ${place}?` });
  await expect(asking).toBeVisible();
  return asking;
}

async function keeps(page: Page, name: string): Promise<void> {
  await panel(page).getByRole('button', { name: 'Keep this state' }).click();
  await panel(page).getByRole('textbox', { name: 'What to call it' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(point(page, name)).toBeVisible();
}

test('back to the end of a step: told before, found as it was, undone', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await endsFirstStep(learner);
  await screen.runs('rm note; docker rm first; docker run -d --name later nginx; echo new > other; cd /');
  await screen.sees(/[0-9a-f]{64}/);
  await screen.hasPrompt();

  const asking = await goesBackTo(page, 'Step 1 · Run', 'the end of step 1');
  await expect(asking.getByText('This will be lost')).toBeVisible();
  await expect(asking.locator('dl')).toContainText('later');
  await expect(asking.locator('dl')).toContainText('other');
  await expect(asking).toContainText('Your ticks and points stay. Terminals start anew.');
  await expect(asking).toContainText(/kept as “Before going back, \d\d:\d\d”/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await asking.getByRole('button', { name: 'Go back to the end of step 1' }).click();
  await expect(asking).toBeHidden();
  await expect(toast(page, 'You are back at the end of step 1.')).toBeVisible({ timeout: BACK_MS });
  // One reads on where the machine stands, and what was ticked is.
  await expect(page.getByRole('heading', { level: 1, name: 'Serve' })).toBeVisible();
  await screen.sees(/root@node1:~\/work# ?\n*$/, { timeout: BACK_MS });
  expect(await screen.asks('note', '$(cat note)')).toBe('precious');
  expect(await screen.asks('names', '$(docker ps -a --format {{.Names}})')).toBe('first');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await learner.seesDone('hello-ran');
});

test('a return is undone while nothing was done after it', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await endsFirstStep(learner);
  await screen.runs('docker run -d --name later nginx');
  await screen.sees(/[0-9a-f]{64}/);
  const asking = await goesBackTo(page, 'The start', 'the start');
  await asking.getByRole('button', { name: 'Go back to the start' }).click();
  const offer = toast(page, 'You are back at the start.');
  await expect(offer).toBeVisible({ timeout: BACK_MS });
  await offer.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Undone')).toBeVisible({ timeout: BACK_MS });
  await screen.hasPrompt({ timeout: BACK_MS });
  expect(await screen.asks('up', '$(docker ps --format {{.Names}})')).toBe('later');
  // What was kept for it is not needed any more.
  await opensPanel(page);
  await expect(panel(page)).toContainText('0 of 5 states kept by hand');
});

test('in the playground a state is kept by hand, gone back to, and removed', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('echo one > file');
  await opensPanel(page);
  await panel(page).getByRole('button', { name: 'Keep this state' }).click();
  await expect(panel(page).getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('Give it a name');
  await page.keyboard.press('Escape');
  await opensPanel(page);
  await keeps(page, 'With one');
  await expect(point(page, 'With one')).toContainText(/kept at \d\d:\d\d · \d/);
  await page.keyboard.press('Escape');

  await screen.runs('echo two > file');
  const asking = await goesBackTo(page, 'With one', '“With one”');
  await asking.getByRole('button', { name: 'Go back to “With one”' }).click();
  await expect(toast(page, 'You are back at “With one”.')).toBeVisible({ timeout: BACK_MS });
  await screen.hasPrompt({ timeout: BACK_MS });
  expect(await screen.asks('file', '$(cat file)')).toBe('one');
  // A command of one's own ends the offer.
  await expect(toast(page, 'You are back')).toBeHidden();

  await opensPanel(page);
  await panel(page).getByRole('button', { name: 'More for: With one' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove “With one”?' });
  await removing.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(panel(page)).toBeVisible();
  await expect(point(page, 'With one')).toBeHidden();
});

test('there may be five by hand; then a return says that it cannot be undone', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page } = learner;
  await learner.opensPlayground();
  await opensPanel(page);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await keeps(page, `State ${name}`);
  await expect(panel(page)).toContainText('5 states are kept by hand');
  await expect(panel(page).getByRole('button', { name: 'Keep this state' })).toBeDisabled();
  await panel(page).getByRole('button', { name: 'Go back: State a' }).click();
  await expect(page.getByRole('dialog')).toContainText('Nothing will be lost.');
  await expect(page.getByRole('dialog')).toContainText('This cannot be undone');
});

test('a step that was not reached is begun as the steps before would leave it', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await page.goto(`${LESSON_PATH}?step=serve`);
  await screen.hasPrompt({ timeout: 30_000 });
  await expect(page.getByText('This step builds on the ones before it')).toBeVisible();
  await page.getByRole('button', { name: 'Start here…' }).click();
  const asking = page.getByRole('dialog', { name: 'Start at step 2?' });
  await asking.getByRole('button', { name: 'Start at step 2' }).click();
  await expect(toast(page, 'Your machine is ready for step 2.')).toBeVisible({ timeout: 120_000 });
  await screen.hasPrompt({ timeout: BACK_MS });
  expect(await screen.asks('images', '$(docker ps -a --format {{.Image}})')).toBe('hello-world');
  await expect(page.getByText('This step builds on the ones before it')).toBeHidden();
});

test('a second try is opened beside the first, which stays as it is', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await endsFirstStep(learner);
  await screen.runs('docker run -d --name mine nginx');
  await screen.sees(/[0-9a-f]{64}/);
  await opensPanel(page);
  await panel(page).getByRole('button', { name: 'More for: Step 1 · Run' }).click();
  await page.getByRole('menuitem', { name: 'Open as a second try' }).click();
  const asking = page.getByRole('dialog', { name: 'Open a second try from the end of step 1?' });
  await asking.getByRole('button', { name: 'Open a second try' }).click();
  await expect(toast(page, 'This is a second try.')).toBeVisible({ timeout: BACK_MS });
  await screen.hasPrompt({ timeout: BACK_MS });
  expect(await screen.asks('names', '$(docker ps -a --format {{.Names}})')).toBe('first');
  // It is the one that a reload comes back to, and the first is found from there.
  await page.reload();
  await screen.hasPrompt({ timeout: BACK_MS });
  expect(await screen.asks('again', '$(docker ps -a --format {{.Names}})')).toBe('first');
  await opensPanel(page);
  await panel(page).getByRole('button', { name: 'Go there' }).click();
  await screen.hasPrompt({ timeout: BACK_MS });
  expect(await screen.asks('up', '$(docker ps --format {{.Names}})')).toBe('mine');
});

test('a page that is loaded again in the middle of it finds the machine where it was sent', async ({
  learner,
}) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await endsFirstStep(learner);
  await screen.runs('rm note');
  const asking = await goesBackTo(page, 'Step 1 · Run', 'the end of step 1');
  await asking.getByRole('button', { name: 'Go back to the end of step 1' }).click();
  await expect(asking).toBeHidden();
  await page.reload();
  await screen.sees(/root@node1:~\/work# ?\n*$/, { timeout: BACK_MS });
  expect(await screen.asks('note', '$(cat note)')).toBe('precious');
  // The way back is still there.
  await opensPanel(page);
  await expect(point(page, 'Before going back')).toBeVisible();
});

test('by keyboard: found in the palette, walked, left, with the focus where it was', async ({ learner }) => {
  const { page } = learner;
  await learner.opensLesson();
  const text = page.getByRole('article');
  await text.focus();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('keep this');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter');
  await expect(point(page, 'By keys')).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Keep this state' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(panel(page).getByRole('button', { name: 'More for: By keys' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Open as a second try' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page).getByRole('button', { name: 'More for: By keys' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(text).toBeFocused();
});

test('on a phone, in the dark and in Chinese, the panel fills the screen', async ({ learner }) => {
  test.setTimeout(120_000);
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(LESSON_PATH.replace('/en/', '/zh/'));
  await page.getByRole('button', { name: '这一步的更多操作' }).click();
  await expect(page.getByRole('menuitem', { name: '回到过去…' })).toBeVisible();
  await page.getByRole('navigation', { name: '区域' }).getByRole('button', { name: '终端' }).click();
  await screen.hasPrompt({ timeout: 30_000 });
  await page.getByRole('navigation', { name: '区域' }).getByRole('button', { name: '阅读' }).click();
  await page.getByRole('button', { name: '这一步的更多操作' }).click();
  await page.getByRole('menuitem', { name: '回到过去…' }).click();
  const sheet = page.getByRole('dialog', { name: '回到过去' });
  await expect(sheet).toBeVisible();
  // It floats in.
  await expect.poll(() => sheet.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/history-phone.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await sheet
    .getByRole('button', { name: /^回到这里：?/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toContainText('不会失去任何东西');
  await page.screenshot({ path: 'test-results/history-phone-return.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
