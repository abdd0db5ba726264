/** The workbench from end to end: a file with a mistake, its build, what it serves, and back to before all of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './story/learner.ts';

const MISTAKEN = 'FORM python\nCOPY chat.py /\nCMD ["python3", "/chat.py"]\n';
const BEFORE = 'Before the build';

const editor = (page: Page) => page.locator('.monaco-editor').first();
const panel = (page: Page) => page.getByRole('dialog', { name: 'Go back', exact: true });
const opensTerminal = (page: Page) => page.getByRole('tab', { name: 'node1', exact: true }).click();

async function writes(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').getByText('Saved')).toBeVisible();
}

test('a mistake is told, mended, built, looked into, served, talked to, and undone', async ({ learner }) => {
  test.setTimeout(180_000);
  const { page, screen } = learner;
  await learner.opensPlayground();
  const program = await readFile(join(import.meta.dirname, 'story/chat.py'));
  await screen.runs(`echo ${program.toString('base64')} | base64 -d > chat.py`);

  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('button', { name: 'New file', exact: true }).click();
  await page.getByRole('textbox', { name: /^Name of the new/ }).fill('Dockerfile');
  await page.keyboard.press('Enter');
  await expect(editor(page)).toBeVisible({ timeout: 20_000 });
  await writes(page, MISTAKEN);
  await page.getByRole('button', { name: '1 problem' }).click();
  await expect(page.getByRole('list', { name: /^Problems of/ })).toContainText('Did you mean FROM?');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Go back…' }).click();
  await panel(page).getByRole('button', { name: 'Keep this state' }).click();
  await panel(page).getByRole('textbox', { name: 'What to call it' }).fill(BEFORE);
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('listitem').filter({ hasText: BEFORE })).toBeVisible();
  await page.keyboard.press('Escape');

  await writes(page, MISTAKEN.replace('FORM', 'FROM'));
  await expect(page.getByRole('button', { name: /problem/ })).toBeHidden();
  await opensTerminal(page);
  await screen.runs('docker build -q -t chat .');
  await page.getByRole('button', { name: /^Build: .*See each line$/ }).click({ timeout: 60_000 });
  const build = page.getByRole('region', { name: 'The last build, line by line' });
  await expect(build.getByRole('row').filter({ hasText: 'COPY chat.py' })).toContainText('s');
  await expect(build.getByRole('row').filter({ hasText: 'CMD' })).toContainText('no layer');
  await page.keyboard.press('Escape');

  await screen.runs('docker run -d -p 8081:8081 chat');
  await page.getByRole('button', { name: 'Show port 8081 of node1', exact: true }).click({ timeout: 30_000 });
  const served = page.frameLocator('iframe[title="What port 8081 of node1 serves"]');
  await expect(served.getByRole('listitem').filter({ hasText: 'echo: hello' })).toBeVisible();

  await page.getByRole('button', { name: 'Go back…' }).click();
  await panel(page)
    .getByRole('button', { name: `Go back: ${BEFORE}` })
    .click();
  const asking = page.getByRole('dialog', { name: `Go back to “${BEFORE}”?` });
  await expect(asking.locator('dl')).toContainText('chat:latest');
  await expect(asking.locator('dl')).toContainText('Dockerfile');
  await asking.getByRole('button', { name: `Go back to “${BEFORE}”` }).click();
  await expect(page.locator('.toast', { hasText: `You are back at “${BEFORE}”.` })).toBeVisible({
    timeout: 30_000,
  });
  await opensTerminal(page);
  await screen.hasPrompt({ timeout: 30_000 });
  expect(await screen.asks('image', '$(docker images -q chat | wc -l)')).toBe('0');
  expect(await screen.asks('line', '$(head -n 1 Dockerfile)')).toBe('FORM python');
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('treeitem', { name: 'Dockerfile', exact: true }).click();
  await expect(editor(page)).toContainText('FORM python');
});
