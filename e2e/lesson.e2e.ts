/** Help and what it costs, a lesson read again without a machine, and one begun anew. */
import { dictionary } from '#app/_lib/i18n/dictionaries.ts';
import { Keyboard } from './story/keyboard.ts';
import { expect, test, type Learner } from './story/learner.ts';
import { Screen } from './story/screen.ts';

const SCORED = '/en/learn/scored/with-help';

async function opensScored({ page, screen }: Learner): Promise<void> {
  await page.goto(SCORED);
  await screen.hasPrompt({ timeout: 30_000 });
}

/** Does both tasks, the first with one hint. */
async function finishes(learner: Learner): Promise<void> {
  const { page, screen } = learner;
  await opensScored(learner);
  await page.getByRole('button', { name: 'Hint 1 of 2, −3' }).click();
  await expect(learner.task('web')).toContainText('worth 7 points');
  await screen.runs('docker run -d --name web nginx');
  await learner.seesDone('web');
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByRole('radio', { name: 'The base image' }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await learner.seesDone('base');
}

test('a solution is typed for the learner, line by line, and earns no points', async ({ learner }) => {
  const { page, screen } = learner;
  await opensScored(learner);
  await page.getByRole('button', { name: 'Show me, no points' }).click();
  await page.getByRole('button', { name: 'Type it for me' }).click();
  await expect(page.getByText('Typing line 2 of 3')).toBeVisible();
  expect(await screen.text()).not.toContain('--name web nginx');
  await learner.seesDone('web');
  await screen.sees(/run hello-world[\s\S]*Hello from Docker![\s\S]*# sleep 3\n[\s\S]*--name web nginx/);
  await expect(learner.task('web')).toContainText('done with help');
  await expect(learner.task('web')).toContainText('0 points');
});

test('typing stops when it is told to', async ({ learner }) => {
  const { page, screen } = learner;
  await opensScored(learner);
  await page.getByRole('button', { name: 'Show me, no points' }).click();
  await page.getByRole('button', { name: 'Type it for me' }).click();
  await expect(page.getByText('Typing line 2 of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Type it for me' })).toBeVisible();
  await screen.hasPrompt();
  // A command of the learner's own, after which the next line would have come.
  await screen.asks('mine', '$((6 * 7))');
  expect(await screen.text()).not.toContain('--name web nginx');
  await expect(learner.task('web')).toHaveAttribute('data-state', 'open');
});

test('a solution is typed on the machine that it is for', async ({ learner }) => {
  const { page, screen } = learner;
  await page.goto('/en/learn/e2e/two-machines');
  await screen.hasPrompt({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Show me' }).first().click();
  await page.getByRole('button', { name: 'Type it for me' }).click();
  await learner.seesDone('web-there');
  await new Screen(page, 'node2/1').sees('docker run -d --name web');
  expect(await screen.text()).not.toContain('docker run');
});

test('help asked for by keyboard leaves the focus at what it brought', async ({ learner }) => {
  const { page } = learner;
  const keyboard = new Keyboard(page, dictionary('en'));
  await opensScored(learner);
  await keyboard.entersAt(page.getByRole('button', { name: /^Hint 1 of 2/ }));
  await expect(page.getByRole('button', { name: /^Hint 2 of 2/ })).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Hint/ })).toHaveCount(0);
  await keyboard.seesFocus();
  await keyboard.entersAt(page.getByRole('button', { name: /^Show me/ }));
  await expect(page.getByRole('button', { name: 'Type it for me' })).toBeVisible();
  await keyboard.seesFocus();
  // The next stop is what the help brought, not the beginning of the page.
  await keyboard.press('Tab');
  await expect(learner.task('web').locator(':focus')).toHaveCount(1);
});

test('a task that ticks while its help has the focus keeps it', async ({ learner, newLearner }) => {
  const { page } = learner;
  await opensScored(learner);
  const hint = page.getByRole('button', { name: 'Hint 1 of 2, −3' });
  await hint.focus();
  const beside = await newLearner(page.context());
  await opensScored(beside);
  await beside.screen.runs('docker run -d --name web nginx');
  await learner.seesDone('web');
  await expect(hint).toBeHidden();
  await expect(learner.task('web')).toBeFocused();
});

test('a chosen option takes no key from the page', async ({ learner }) => {
  const { page } = learner;
  await page.goto(`${SCORED}?read&step=figures`);
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('[');
  await expect(page).toHaveURL(/step=help/);
});

test('who is through with the last step is led to what was left out', async ({ learner }) => {
  const { page } = learner;
  await opensScored(learner);
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByRole('radio', { name: 'The base image' }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Step 1 has open tasks' }).click();
  await expect(learner.task('web')).toBeVisible();
});

test('an option of many words is read to its end, on a wide page and on a phone', async ({ learner }) => {
  const { page } = learner;
  await page.goto(`${SCORED}?read&step=figures`);
  const cutOff = () => page.locator('.choices').evaluate((box) => box.scrollWidth > box.clientWidth);
  await page.getByRole('radio').last().check();
  expect(await cutOff()).toBe(false);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await cutOff()).toBe(false);
});

test('a term explains itself by keyboard and by tap', async ({ learner }) => {
  const { page } = learner;
  await page.goto('/en/learn/e2e/first-steps?read');
  const tip = page.locator('.tip');
  const term = page.locator('dfn', { hasText: 'container' }).first();
  // From the text on, as the Tab key goes.
  await page.getByRole('article').focus();
  while (!(await term.evaluate((element) => element === document.activeElement)))
    await page.keyboard.press('Tab');
  await expect(tip).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tip).toBeHidden();
  await term.click();
  await expect(tip).toContainText((await term.getAttribute('data-tip'))!);
});

test('points are told at the end of the lesson, on the map and with the progress', async ({ learner }) => {
  const { page } = learner;
  await finishes(learner);
  await expect(page.getByText('You have finished this lesson')).toBeVisible();
  await expect(page.locator('section', { hasText: 'You have finished' }).last()).toContainText(
    '17 of 20 points',
  );
  await page.goto('/en');
  await expect(page.getByRole('link', { name: /With help/ })).toContainText('17 of 20 points');
  await page.goto('/en/progress');
  const row = page.getByRole('listitem').filter({ hasText: 'With help' }).last();
  await expect(row).toContainText('17 of 20 points');
});

test('what is finished is read without a machine, until one is asked for', async ({ learner }) => {
  const { page, screen } = learner;
  await finishes(learner);
  // While the machine is there it is part of the lesson.
  await page.reload();
  await screen.hasPrompt({ timeout: 30_000 });
  await learner.leaves();

  await page.goto(`${SCORED}?step=help`);
  await expect(page.getByRole('button', { name: 'Open a machine again' })).toBeVisible();
  await learner.seesDone('web');
  await page.keyboard.press(']');
  await expect(page.getByRole('heading', { name: 'All figures' })).toBeVisible();
  await expect(page.getByRole('img', { name: /base image, debian/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'The base image' })).toBeChecked();
  expect(await (await page.request.get('/api/sandboxes')).json()).toEqual([]);

  await page.getByRole('button', { name: 'Open a machine again' }).click();
  await screen.hasPrompt({ timeout: 30_000 });
});

test('who only reads is nobody’s guest and takes no machine', async ({ learner }) => {
  const { page } = learner;
  await page.goto(`${SCORED}?read`);
  await expect(page.getByText('There are hints, and there is a solution.')).toBeVisible();
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(page.getByRole('heading', { name: 'All figures' })).toBeVisible();
  const me = await (await page.request.get('/api/me')).json();
  expect(me.user).toBeNull();
  // The way to the lesson that is best done before.
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('link', { name: 'First steps' }).first().click();
  await expect(page).toHaveURL(/first-steps/);
});

test('a lesson begins anew: a fresh machine, no ticks, and the help that was taken still counts', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await finishes(learner);
  const before = await learner.sandbox();
  await page.getByRole('button', { name: 'Start the lesson again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start this lesson again?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await learner.seesDone('base');

  await page.getByRole('button', { name: 'Start the lesson again' }).click();
  await dialog.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByRole('heading', { name: 'Get help' })).toBeVisible();
  await expect(learner.task('web')).toHaveAttribute('data-state', 'open');
  await expect(learner.task('web')).toContainText('worth 7 points');
  await screen.hasPrompt({ timeout: 30_000 });
  expect((await learner.sandbox()).id).not.toBe(before.id);
  expect(await screen.asks('names', '$(docker ps -aq | wc -l)')).toBe('0');
  await page.goto('/en');
  await expect(page.getByRole('link', { name: /With help/ })).toContainText('step 1 of 2');
});
