/** What a build did, line by line: told after it in the terminal's bar, in a panel, and beside the lines in the editor. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './story/learner.ts';

const DOCKERFILE = String.raw`FROM busybox
COPY app.txt /app/
RUN head -c 2000000 /dev/zero > /big
RUN echo ready
CMD ["cat", "/app/app.txt"]
`;
const chip = (page: Page) => page.getByRole('button', { name: /See each line$/ });
const panel = (page: Page) => page.getByRole('region', { name: 'The last build, line by line' });
const row = (page: Page, instruction: string) =>
  panel(page).getByRole('row').filter({ hasText: instruction });
const editor = (page: Page) => page.locator('.monaco-editor').first();

test('a learner sees which line was built again, and why', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs(`mkdir app; cd app; echo 1 > app.txt; cat > Dockerfile <<'END'\n${DOCKERFILE}END`);
  await screen.runs('docker build -q -t app .');
  await expect(chip(page)).toHaveAccessibleName(/^Build: 3 built · [\d.]+ s\. See each line$/);

  await screen.runs('echo 2 > app.txt; docker build -q -t app .');
  await expect(chip(page)).toHaveAccessibleName(/^Build: 0 cached, 3 rebuilt/);
  await chip(page).click();
  await expect(row(page, 'COPY app.txt')).toContainText('app.txt changed');
  await expect(row(page, '/dev/zero')).toContainText('after line 2, which was rebuilt');
  await expect(row(page, '/dev/zero')).toContainText('2 MB');
  await expect(row(page, 'CMD')).toContainText('no layer');
  await page.screenshot({ path: 'test-results/lens-panel.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // From the keyboard alone: out of it, and the terminal has the focus again.
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(page.locator('.xterm-helper-textarea').first()).toBeFocused();

  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('treeitem', { name: 'app', exact: true }).click();
  await page.getByRole('treeitem', { name: 'Dockerfile', exact: true }).click();
  await expect(editor(page)).toContainText('rebuilt · app.txt changed', { timeout: 20_000 });
  await expect(editor(page)).toContainText('+2 MB');
  await page.screenshot({ path: 'test-results/lens-editor.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // The panel lies over the files too, and leaves the focus where it was opened.
  await chip(page).click();
  await page.keyboard.press('Escape');
  await expect(chip(page)).toBeFocused();

  await editor(page).getByText('ready').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' steady');
  await expect(page.getByText('This file has changed since it was built.')).toBeVisible();
  await expect(editor(page)).not.toContainText('rebuilt');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').getByText('Saved')).toBeVisible();
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.runs('docker build -q -t app .');
  await expect(chip(page)).toHaveAccessibleName(/^Build: 2 cached, 1 rebuilt/);
  await page.getByRole('tab', { name: 'Files' }).click();
  await expect(editor(page)).toContainText('this line changed, it was: RUN echo ready');
  await expect(page.getByText('This file has changed since it was built.')).toBeHidden();
});

test('a build that fails is told with its last words, also on a phone and by the palette', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await page.getByRole('button', { name: 'Find or do anything' }).click();
  await page.getByRole('combobox').fill('last build');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('Nothing was built here yet');
  await page.keyboard.press('Escape');
  await screen.runs(
    `mkdir bad; cd bad; printf 'FROM busybox\nRUN echo so far; exit 3\nRUN never\n' > Dockerfile`,
  );
  await screen.runs('docker build . > /dev/null 2>&1; docker build . > /dev/null 2>&1; echo over');
  await expect(chip(page)).toHaveAccessibleName(/^Build failed/);
  await page.setViewportSize({ width: 390, height: 844 });
  await chip(page).click();
  await expect(panel(page)).toContainText('so far');
  await expect(panel(page)).toContainText('it did not succeed last time');
  await expect(panel(page)).toContainText('not reached');
  await page.screenshot({ path: 'test-results/lens-phone.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/zh/playground');
  await screen.hasPrompt({ timeout: 30_000 });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('banner').getByText('Ctrl K').click();
  await page.getByRole('combobox').fill('构建');
  await page.keyboard.press('Enter');
  const chinese = page.getByRole('region', { name: '最近一次构建，逐行查看' });
  await expect(chinese).toContainText('上次没有成功');
  await page.screenshot({ path: 'test-results/lens-dark-zh.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
