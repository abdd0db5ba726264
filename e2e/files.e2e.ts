/** Files beside the terminal: written here, seen there, changed there, seen here; nothing unsaved is lost. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { historySchema } from '#server/protocol/history.ts';
import { expect, test } from './story/learner.ts';

const tree = (page: Page) => page.getByRole('tree');
const row = (page: Page, name: string) => tree(page).getByRole('treeitem', { name, exact: true });
const editor = (page: Page) => page.locator('.monaco-editor:not(.original-in-monaco-diff-editor)').first();
const state = (page: Page, words: string) => expect(page.getByRole('status').getByText(words)).toBeVisible();

async function opensFiles(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Files' }).click();
  await expect(tree(page)).toBeVisible();
}

async function makes(page: Page, kind: 'New file' | 'New folder', name: string): Promise<void> {
  await page.getByRole('button', { name: kind, exact: true }).click();
  await page.getByRole('textbox', { name: new RegExp(`^Name of the new`) }).fill(name);
  await page.keyboard.press('Enter');
}

test('a Dockerfile is written in the page and built in the terminal', async ({ learner }) => {
  const { page, screen } = learner;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await learner.opensPlayground();
  expect(asked.filter((url) => /monaco|editor\.worker/i.test(url))).toEqual([]);
  await opensFiles(page);
  await makes(page, 'New folder', 'app');
  await expect(row(page, 'app')).toBeVisible();
  await row(page, 'app').click();
  await makes(page, 'New file', 'Dockerfile');
  await expect(row(page, 'Dockerfile')).toHaveAttribute('aria-selected', 'true');
  await expect(editor(page)).toBeVisible({ timeout: 20_000 });
  await page.keyboard.type('FROM busybox\nRUN echo built > /made\n');
  await state(page, 'Not saved yet');
  await page.screenshot({ path: 'test-results/editor.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Control+s');
  await state(page, 'Saved');
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.runs('docker build -q -t mine app && docker run --rm mine cat /made');
  await screen.sees('built');
  // Nothing from another site.
  const here = new URL(page.url()).origin;
  expect(asked.filter((url) => /^https?:/.test(url) && !url.startsWith(here))).toEqual([]);
});

test('changed in the terminal it is refreshed; with something unsaved both are shown', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('echo one > note && mkdir later');
  await opensFiles(page);
  await row(page, 'note').click();
  await expect(editor(page)).toContainText('one', { timeout: 20_000 });

  const inTerminal = async (line: string) => {
    await page.getByRole('tab', { name: 'node1', exact: true }).click();
    await screen.runs(line);
    await page.getByRole('tab', { name: 'Files' }).click();
  };
  await inTerminal('echo two > note; touch new-one');
  await expect(editor(page)).toContainText('two');
  await expect(row(page, 'new-one')).toBeVisible();

  // A change that arrives while something is unsaved: the script waits until it is.
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.runs('(until [ -e go ]; do sleep 0.1; done; echo theirs > note) &');
  await page.getByRole('tab', { name: 'Files' }).click();
  await editor(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('mine');
  await state(page, 'Not saved yet');
  const { id } = await learner.sandbox();
  const made = await page.evaluate(
    async (sandbox) =>
      (
        await fetch(`/api/sandboxes/${sandbox}/machines/node1/files?path=/root/go`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"action":"create-file"}',
        })
      ).status,
    id,
  );
  expect(made).toBe(201);
  const conflict = page.getByRole('alert').filter({ hasText: 'changed in the machine while you wrote' });
  await expect(conflict).toBeVisible();
  const sides = page.locator('.monaco-diff-editor');
  await expect(sides).toContainText('theirs');
  await expect(sides).toContainText('mine');
  // The differences are computed by the editor's own worker.
  await expect(sides.locator('.line-insert').first()).toBeAttached();
  await page.screenshot({ path: 'test-results/conflict.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await state(page, 'Saved');
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.runs('tail -n 1 note');
  await screen.sees('mine');
});

test('what is unsaved outlives a return that another browser began', async ({ learner }) => {
  test.setTimeout(120_000);
  const { page, screen } = learner;
  await learner.opensPlayground();
  const { id } = await learner.sandbox();
  const posts = (path: string, body: object) =>
    page.evaluate(
      async ([url, json]) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(url!, { method: 'POST', headers, body: json })).json() as Promise<unknown>;
      },
      [`/api/sandboxes/${id}/${path}`, JSON.stringify(body)],
    );
  await screen.runs('echo one > note');
  const { snapshots } = historySchema.parse(await posts('snapshots', { name: 'with one' }));
  await screen.runs('echo two > note');
  await opensFiles(page);
  await row(page, 'note').click();
  await expect(editor(page)).toContainText('two', { timeout: 20_000 });
  await editor(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('mine');
  await state(page, 'Not saved yet');
  await posts('rewind', { to: 'snapshot', snapshot: snapshots.at(-1)!.id });

  const conflict = page.getByRole('alert').filter({ hasText: 'changed in the machine while you wrote' });
  await expect(conflict).toBeVisible({ timeout: 30_000 });
  const sides = page.locator('.monaco-diff-editor');
  await expect(sides).toContainText('one');
  await expect(sides).toContainText('mine');
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await state(page, 'Saved');
  // And it hears of changes in the machine that is there now.
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.hasPrompt({ timeout: 30_000 });
  expect(await screen.asks('last', '$(tail -n 1 note)')).toBe('mine');
  await screen.runs('echo three > note');
  await page.getByRole('tab', { name: 'Files' }).click();
  await expect(editor(page)).toContainText('three');
});

test('upload, download, rename and delete by keyboard; what is no text says so', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('head -c 3000 /dev/urandom > noise');
  await opensFiles(page);
  await page.locator('input[type=file]').setInputFiles([
    { name: 'up.txt', mimeType: 'text/plain', buffer: Buffer.from('uploaded') },
    { name: 'noise', mimeType: 'text/plain', buffer: Buffer.from('x') },
  ]);
  // One is there already: it stays what it is.
  await expect(page.getByText('Something with this name is there already.')).toBeVisible();
  await row(page, 'noise').click();
  await expect(page.getByText('This is no text')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('noise');

  await row(page, 'up.txt').focus();
  await page.keyboard.press('Enter');
  await expect(editor(page)).toContainText('uploaded', { timeout: 20_000 });
  await row(page, 'up.txt').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'New name of up.txt' }).fill('down.txt');
  await page.keyboard.press('Enter');
  await expect(row(page, 'down.txt')).toHaveAttribute('aria-selected', 'true');
  await row(page, 'down.txt').focus();
  await page.keyboard.press('Delete');
  await page
    .getByRole('dialog', { name: 'Delete down.txt?' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(row(page, 'down.txt')).toBeHidden();
  await page.getByRole('tab', { name: 'node1', exact: true }).click();
  await screen.runs('ls');
  await screen.sees('noise');
});

test('on a phone the tree and the file take turns, in both themes and in Chinese', async ({ learner }) => {
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/zh/playground');
  await screen.hasPrompt({ timeout: 30_000 });
  await screen.runs("printf 'services:\\n  web:\\n    image: nginx # 网页\\n' > compose.yaml");
  await page.getByRole('tab', { name: '文件' }).click();
  await expect(row(page, 'compose.yaml')).toBeVisible();
  await page.screenshot({ path: 'test-results/phone-tree.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await row(page, 'compose.yaml').click();
  await expect(editor(page)).toContainText('services', { timeout: 20_000 });
  await expect(tree(page)).toBeHidden();
  await page.screenshot({ path: 'test-results/phone-file.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: '所有文件' }).click();
  await expect(tree(page)).toBeVisible();
});
