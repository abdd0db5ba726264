/** Terminals as one arranges them: many, named, moved, beside and above each other, closed for good, and as they were after a reload. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './story/learner.ts';
import { Screen } from './story/screen.ts';

const tabs = (page: Page) => page.getByRole('tab');
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

async function chooses(
  page: Page,
  item: string,
  role: 'menuitem' | 'menuitemradio' = 'menuitem',
): Promise<void> {
  await page.getByRole('button', { name: 'Terminals and machines' }).click();
  await page.getByRole(role, { name: item }).click();
}

async function names(page: Page, name: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /^Name of the terminal/ });
  await expect(field).toBeFocused();
  await field.fill(name);
  await page.keyboard.press('Enter');
}

test('ten terminals, each with a shell of its own, named, moved, and as they were after a reload', async ({
  learner,
  newLearner,
}) => {
  test.setTimeout(120_000);
  const { page, screen } = learner;
  await learner.opensPlayground();
  for (let number = 2; number <= 10; number++) {
    await page.getByRole('button', { name: 'New terminal' }).click();
    const next = new Screen(page, `node1/${number}`);
    await next.hasPrompt({ timeout: 30_000 });
    await next.runs(`me=${number}`);
  }
  await expect(tabs(page)).toHaveCount(11);
  // By double click, by F2, and by the menu.
  await tab(page, 'node1 (2)').dblclick();
  await names(page, 'logs');
  await tab(page, 'node1 (3)').focus();
  await page.keyboard.press('F2');
  await names(page, '构建');
  await expect(tab(page, '构建')).toBeFocused();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(tabs(page).nth(1)).toHaveText('构建');
  await expect(tab(page, '构建')).toBeFocused();
  // Once more by double click, now that what it needs is at hand.
  await tab(page, 'logs').dblclick();
  await names(page, 'the logs');
  await tab(page, 'the logs').dblclick();
  await names(page, 'logs');
  await tab(page, 'node1 (10)').click();
  await chooses(page, 'Rename');
  await names(page, 'last');
  await chooses(page, 'Move left');
  const order = [
    'node1',
    '构建',
    'logs',
    ...[4, 5, 6, 7, 8].map((n) => `node1 (${n})`),
    'last',
    'node1 (9)',
    'Files',
  ];
  await expect(tabs(page)).toHaveText(order);

  await page.reload();
  await expect(tabs(page)).toHaveText(order);
  await expect(page.getByRole('tab', { selected: true })).toHaveText('last');
  for (const number of [10, 5, 2]) {
    if (number !== 10) await tab(page, number === 2 ? 'logs' : 'node1 (5)').click();
    expect(await new Screen(page, `node1/${number}`).asks('shell', '$me')).toBe(String(number));
  }
  await page.screenshot({ path: 'test-results/ten-terminals.png' });

  const other = await newLearner(page.context());
  await other.page.goto('/en/playground');
  await expect(tabs(other.page)).toHaveText(order);

  // Beyond the limit it is said, and nothing half open stays.
  for (let number = 11; number <= 12; number++)
    await page.getByRole('button', { name: 'New terminal' }).click();
  await expect(tabs(page)).toHaveCount(13);
  await page.getByRole('button', { name: 'New terminal' }).click();
  await expect(
    page.getByText('That is as many terminals as one machine opens. Close one first.'),
  ).toBeVisible();
  await expect(tabs(page)).toHaveCount(13);
  await expect(tabs(other.page)).toHaveCount(13);
  await expect(screen.host).toBeHidden();
});

test('closed means ended: what ran in it is gone, and the next of its number starts from nothing', async ({
  learner,
  newLearner,
}) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await page.getByRole('button', { name: 'New terminal' }).click();
  const second = new Screen(page, 'node1/2');
  await second.hasPrompt();
  await second.runs('echo from""-before; sleep 4242');
  await second.sees('from-before');
  const other = await newLearner(page.context());
  await other.page.goto('/en/playground');
  await expect(tab(other.page, 'node1 (2)')).toBeVisible();
  await tab(page, 'node1 (2)').focus();
  await page.keyboard.press('Delete');
  await expect(tabs(page)).toHaveText(['node1', 'Files']);
  await expect(tabs(other.page)).toHaveText(['node1', 'Files']);
  await expect(async () => {
    expect(await screen.asks('left', '$(pgrep -xc sleep)')).toBe('0');
  }).toPass();
  await page.getByRole('button', { name: 'New terminal' }).click();
  await second.hasPrompt();
  expect(await second.text()).not.toContain('from-before');
});

test('two beside or above each other, with sizes that stay, moved by keyboard too', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await chooses(page, 'Side by side', 'menuitemradio');
  const second = new Screen(page, 'node1/2');
  await second.hasPrompt();
  const line = page.getByRole('separator', { name: 'Share of the two terminals' });
  await expect(line).toHaveAttribute('aria-orientation', 'vertical');
  await chooses(page, 'One above the other', 'menuitemradio');
  await expect(line).toHaveAttribute('aria-orientation', 'horizontal');
  await line.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowDown');
  await expect(line).toHaveAttribute('aria-valuenow', '60');
  const heights = async () =>
    (await Promise.all([screen, second].map(({ host }) => host.boundingBox()))).map((box) => box!.height);
  // Each has the whole width.
  for (const { host } of [screen, second]) expect((await host.boundingBox())!.width).toBeGreaterThan(1200);
  const [upper, lower] = await heights();
  expect(upper! / (upper! + lower!)).toBeGreaterThan(0.55);
  await page.screenshot({ path: 'test-results/stacked.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.reload();
  await second.hasPrompt();
  await expect(line).toHaveAttribute('aria-valuenow', '60');
  await expect(line).toHaveAttribute('aria-orientation', 'horizontal');
  await expect(screen.host).toBeVisible();
  await chooses(page, 'One terminal', 'menuitemradio');
  await expect(line).toBeHidden();
});

test('on a phone the two take turns, whichever way they stand', async ({ learner }) => {
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 760 });
  await learner.opensPlayground();
  await chooses(page, 'One above the other', 'menuitemradio');
  const second = new Screen(page, 'node1/2');
  await second.hasPrompt();
  const shown = [screen, second].map(({ host }) => host);
  await expect(async () =>
    expect(await Promise.all(shown.map((host) => host.isVisible()))).toContain(false),
  ).toPass();
  await tab(page, 'node1 (2)').click();
  await expect(second.host).toBeVisible();
  await expect(screen.host).toBeHidden();
  expect((await second.host.boundingBox())!.height).toBeGreaterThan(400);
  await page.screenshot({ path: 'test-results/terminals-phone.png' });
});
