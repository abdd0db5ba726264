/** Help while one writes a Dockerfile or a compose file: what is wrong and why, what may follow, what a word means. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './story/learner.ts';

const tree = (page: Page) => page.getByRole('tree');
const row = (page: Page, name: string) => tree(page).getByRole('treeitem', { name, exact: true });
const editor = (page: Page) => page.locator('.monaco-editor').first();
const offered = (page: Page) => page.locator('.suggest-widget.visible');
const problems = (page: Page) => page.getByRole('list', { name: /^Problems of/ });

async function opensFile(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Files' }).click();
  await row(page, name).click();
  await expect(editor(page)).toBeVisible({ timeout: 20_000 });
}

/** In the place of all that is there. */
async function writes(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

test('mistakes in a Dockerfile are told in words, and go when they are mended', async ({ learner }) => {
  const { page, screen } = learner;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await learner.opensPlayground();
  await screen.runs("printf 'FORM nginx\\nEXPOSE abc\\n' > Dockerfile");
  await opensFile(page, 'Dockerfile');
  const count = page.getByRole('button', { name: '2 problems' });
  await expect(count).toBeVisible();
  await expect(editor(page).locator('.squiggly-error')).toHaveCount(2);

  // By keyboard: the list, its lines, the line in the file.
  await page.keyboard.press('Control+Shift+m');
  await expect(problems(page).getByRole('button').first()).toBeFocused();
  await expect(problems(page)).toContainText('Unknown instruction: FORM. Did you mean FROM?');
  await expect(problems(page)).toContainText('Invalid containerPort: abc');
  await page.screenshot({ path: 'test-results/help-problems.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await expect(page.locator('.marker-widget')).toContainText('Unknown instruction: FORM');
  await page.screenshot({ path: 'test-results/help-next.png' });
  await page.keyboard.press('Escape');

  await writes(page, 'FROM nginx\nEXPOSE abc\n');
  await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible();
  await writes(page, 'from   nginx\nEXPOSE 80\n');
  await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible();
  await writes(page, 'FROM nginx\nRUN true && \\\ntrue\n');
  await expect(page.getByRole('button', { name: /problem/ })).toBeHidden();
  await page.getByRole('button', { name: 'Format' }).click();
  await expect(editor(page).locator('.view-line').nth(2)).toHaveText(/^\s+true$/);

  // An image that is not here is no mistake, but it is told.
  await writes(page, 'FROM ngnix\n');
  await page.getByRole('button', { name: '1 problem' }).click();
  await expect(problems(page)).toContainText('ngnix is not in the catalog. Did you mean nginx?');
  // Nothing from another site.
  const here = new URL(page.url()).origin;
  expect(asked.filter((url) => /^https?:/.test(url) && !url.startsWith(here))).toEqual([]);
});

test('instructions and images are offered, and a word is explained', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('touch Dockerfile');
  await opensFile(page, 'Dockerfile');
  await expect(page.getByRole('button', { name: /problem/ })).toBeVisible();
  await page.keyboard.press('Control+Space');
  await expect(offered(page)).toContainText('FROM');
  await page.keyboard.press('Enter');
  await expect(offered(page)).toContainText('nginx');
  await page.keyboard.type('ngi');
  await expect(offered(page)).not.toContainText('busybox');
  await page.screenshot({ path: 'test-results/help-images.png' });
  await page.keyboard.press('Enter');
  await expect(editor(page)).toContainText('FROM nginx');
  await page.keyboard.type('\nHEAL');
  await expect(offered(page)).toContainText('HEALTHCHECK');
  await page.screenshot({ path: 'test-results/help-instructions.png' });
  await page.keyboard.press('Escape');
  await editor(page).getByText('FROM', { exact: true }).hover();
  const words = page.locator('.monaco-hover:not(.hidden)').first();
  await expect(words).toContainText('The image to build on');
  await page.screenshot({ path: 'test-results/help-hover.png' });
});

test('a compose file is held to its schema, and its keys are offered', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs("printf 'service:\\n  web:\\n    image: nginx\\n' > compose.yaml");
  await screen.runs("mkdir it; printf 'services:\\n  web:\\n    ' > it/docker-compose.yml");
  await opensFile(page, 'compose.yaml');
  await page.getByRole('button', { name: '1 problem' }).click();
  await expect(problems(page)).toContainText('Compose knows no service here. Did you mean services?');
  await expect(page.getByRole('button', { name: 'Format' })).toBeHidden();
  await writes(page, '');
  await page.keyboard.press('Control+Space');
  await expect(offered(page)).toContainText('services');
  await page.screenshot({ path: 'test-results/help-compose.png' });
  await page.keyboard.type('serv');
  await expect(offered(page)).not.toContainText('volumes');
  await page.keyboard.press('Enter');
  await expect(editor(page)).toContainText('services:');

  await row(page, 'it').click();
  await row(page, 'docker-compose.yml').click();
  await expect(editor(page)).toContainText('web:');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('ima');
  await expect(offered(page)).toContainText('image');
  await page.keyboard.press('Enter');
  await expect(offered(page)).toContainText('nginx');
  await page.keyboard.type('nginx');
  await page.keyboard.press('Escape');
  await page.keyboard.type('\nports:\n- "8080:80"\n');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: /problem/ })).toBeHidden();
  await editor(page).getByText('ports', { exact: true }).hover();
  await expect(page.locator('.monaco-hover:not(.hidden)').first()).toContainText('Ports to publish');
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.runs('docker compose -f it/docker-compose.yml config -q && echo sound');
  await screen.sees('sound');
});

test('on a phone, in the dark and in Chinese, the help is there and can be read', async ({ learner }) => {
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/zh/playground');
  await screen.hasPrompt({ timeout: 30_000 });
  await screen.runs("printf 'FORM nginx\\nEXPOSE abc\\n' > Dockerfile");
  await page.getByRole('tab', { name: '文件' }).click();
  await row(page, 'Dockerfile').click();
  await expect(editor(page)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: '2 个问题' }).click();
  const list = page.getByRole('list', { name: /的问题$/ });
  await expect(list).toContainText('没有 FORM 这条指令。是不是想写 FROM？');
  await expect(list).toContainText('abc 不是端口');
  await page.screenshot({ path: 'test-results/help-phone.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await writes(page, 'FROM ');
  await page.keyboard.press('Control+Space');
  await expect(offered(page)).toContainText('nginx');
  const box = (await offered(page).boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  await page.screenshot({ path: 'test-results/help-phone-images.png' });
});
