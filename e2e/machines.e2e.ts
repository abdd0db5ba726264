/** A playground that grows: a second machine beside the first, driven from it, fed with images by it, and removed again. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './story/learner.ts';
import { Screen } from './story/screen.ts';

const more = (page: Page) => page.getByRole('button', { name: 'Terminals and machines' });
const tabs = (page: Page) => page.getByRole('tab');

async function chooses(page: Page, item: string): Promise<void> {
  await more(page).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function addsMachine(page: Page, name: string): Promise<Screen> {
  await chooses(page, 'Add a machine');
  await expect(page.getByRole('tab', { name, exact: true })).toBeVisible({ timeout: 30_000 });
  const screen = new Screen(page, `${name}/1`);
  // The second one is seen at once, beside the first; a third waits behind them.
  if (name === 'node3') await page.getByRole('tab', { name, exact: true }).click();
  await screen.sees(new RegExp(`root@${name}:[^\\n]*# ?\\n*$`), { timeout: 30_000 });
  return screen;
}

test('a second machine is driven from the first, gets its image, and goes with all that it has', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  const second = await addsMachine(page, 'node2');
  await expect(tabs(page)).toHaveText(['node1', 'node2', 'Files']);
  await expect(page.getByRole('status').filter({ hasText: 'node1, node2 ready' })).toBeVisible();
  // Both are in sight, side by side.
  await expect(screen.host).toBeVisible();
  await expect(second.host).toBeVisible();

  await screen.runs('clear; docker context ls --format "<{{.Name}}>"');
  await screen.sees('<node2>');
  await screen.runs('docker --context node2 run -d --name far -p 8080:80 busybox httpd -f');
  await expect(async () => {
    await second.runs('clear; docker ps --format "<{{.Names}}>"');
    await second.sees('<far>', { timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  // What the second one publishes is offered like what the first one does.
  await expect(page.getByText('8080').first()).toBeVisible();

  // By name, and an image that only the first one has.
  await screen.runs('clear; printf "FROM busybox\\nCMD echo made-on-node1\\n" | docker build -q -t mine -');
  await screen.sees('sha256:', { timeout: 30_000 });
  await screen.runs('clear; docker save mine | docker --context node2 load');
  await screen.sees('Loaded image: mine:latest', { timeout: 30_000 });
  await second.runs('clear; docker run --rm mine');
  await second.sees(/^made-on-node1$/m);
  await second.runs('clear; ping -c1 node1 | tail -n 2');
  await second.sees('1 received');

  await second.runs('clear; docker volume create data; echo x > /root/notes');
  await second.sees('data');
  await page.screenshot({ path: 'test-results/two-machines.png' });
  await chooses(page, 'Remove node2');
  const dialog = page.getByRole('dialog', { name: 'Remove node2?' });
  await expect(dialog.getByRole('list')).toContainText('1 container');
  await expect(dialog.getByRole('list')).toContainText('2 images');
  await expect(dialog.getByRole('list')).toContainText('1 volume with its data');
  await expect(dialog.getByRole('list')).toContainText('1 file in the home directory');
  await page.screenshot({ path: 'test-results/remove-machine.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove node2' }).click();
  await expect(page.getByText('node2 was removed, and its terminals are closed.')).toBeVisible();
  await expect(tabs(page)).toHaveText(['node1', 'Files']);
  await screen.runs('clear; docker context ls --format "<{{.Name}}>"; getent hosts node2 || echo no""-name');
  await screen.sees('no-name');
  expect(await screen.text()).not.toContain('<node2>');
});

test('an image is pushed to a registry on one and pulled on the other, as one would between two hosts', async ({
  learner,
}) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  const second = await addsMachine(page, 'node2');
  await screen.runs('docker run -d -p 5000:5000 registry && docker pull -q busybox && echo rea""dy');
  await screen.sees('\nready', { timeout: 60_000 });
  await screen.runs(
    'docker tag busybox localhost:5000/mine && docker push -q localhost:5000/mine && echo pus""hed',
  );
  await screen.sees('\npushed', { timeout: 30_000 });
  await second.runs(
    `echo '{"insecure-registries":["node1:5000"]}' > /etc/docker/daemon.json && service docker restart`,
  );
  await second.sees('Starting Docker: docker.', { timeout: 30_000 });
  await second.runs('docker run --rm node1:5000/mine echo arri""ved');
  await second.sees('\narrived', { timeout: 30_000 });
});

test('three are the most, the first may go, the last one stays; a reload and another browser see the same', async ({
  learner,
  newLearner,
}) => {
  const { page } = learner;
  await learner.opensPlayground();
  await addsMachine(page, 'node2');
  await addsMachine(page, 'node3');
  await more(page).click();
  await expect(page.getByRole('menuitem', { name: 'Add a machine (three are the most)' })).toBeDisabled();
  await page.screenshot({ path: 'test-results/machine-menu.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await chooses(page, 'Remove node1');
  await page.getByRole('button', { name: 'Remove node1' }).click();
  await expect(tabs(page)).toHaveText(['node2', 'node3', 'Files']);

  const other = await newLearner(page.context());
  await other.page.goto('/en/playground');
  await expect(tabs(other.page)).toHaveText(['node2', 'node3', 'Files']);
  await chooses(page, 'Remove node3');
  await page.getByRole('button', { name: 'Remove node3' }).click();
  await expect(tabs(page)).toHaveText(['node2', 'Files']);
  await expect(tabs(other.page)).toHaveText(['node2', 'Files']);
  await more(page).click();
  await expect(page.getByRole('menuitem', { name: 'Remove node2 (the last one stays)' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(tabs(page)).toHaveText(['node2', 'Files']);
  expect(await new Screen(page, 'node2/1').asks('where', '$(hostname)')).toBe('node2');
});

test('on a phone in Chinese a machine is added and removed by the same menu', async ({ learner }) => {
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/zh/playground');
  await screen.hasPrompt({ timeout: 30_000 });
  await page.getByRole('button', { name: '终端与机器' }).click();
  await page.screenshot({ path: 'test-results/machine-menu-phone.png' });
  await page.getByRole('menuitem', { name: '添加一台机器', exact: true }).click();
  await page.getByRole('tab', { name: 'node2' }).click({ timeout: 30_000 });
  await expect(new Screen(page, 'node2/1').host).toBeVisible();
  await expect(screen.host).toBeHidden();
  await page.getByRole('button', { name: '终端与机器' }).click();
  await page.getByRole('menuitem', { name: '移除 node2' }).click();
  const dialog = page.getByRole('dialog', { name: '移除 node2？' });
  await expect(dialog.getByText('没有容器、镜像、卷或文件')).toBeVisible();
  await page.screenshot({ path: 'test-results/remove-machine-phone.png' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: '移除 node2' }).click();
  await expect(page.getByRole('tab', { name: 'node2' })).toBeHidden();
});

test('a lesson keeps the machines that it was written for', async ({ learner }) => {
  const { page, screen } = learner;
  await page.goto('/en/learn/e2e/two-machines');
  await screen.hasPrompt({ timeout: 30_000 });
  await more(page).click();
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /machine|Remove/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  const { id } = await learner.sandbox();
  const refused = await page.evaluate(
    async (sandbox) => (await fetch(`/api/sandboxes/${sandbox}/machines`, { method: 'POST' })).json(),
    id,
  );
  expect(refused).toMatchObject({ error: { code: 'machines_fixed' } });
  await screen.runs('clear; docker --context node2 info --format "<{{.Name}}>"');
  await screen.sees('<node2>');
});
