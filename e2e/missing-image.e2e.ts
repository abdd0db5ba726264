/** Who asks for an image that is not in this house is shown what is, and pulls it by a click. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './story/learner.ts';

test('a learner who wants ubuntu is offered debian', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('docker run -it --name box ubuntu bash');
  const panel = page.getByRole('complementary', { name: 'Images of this house' });
  await expect(panel.getByRole('status')).toContainText('ubuntu is not in this house.');
  await expect(panel.getByRole('listitem').first()).toContainText('debian');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await panel.getByRole('button', { name: 'Pull debian' }).click();
  await expect(panel).toBeHidden();
  await screen.sees('Status: Downloaded newer image for debian:latest');
});

test('the offer follows the newest want, and goes when it is closed', async ({ learner }) => {
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/zh/playground');
  await screen.hasPrompt({ timeout: 30_000 });
  const panel = page.getByRole('complementary', { name: '这里有的镜像' });
  await screen.runs('echo FROM fedora | docker build -');
  await expect(panel.getByRole('status')).toContainText('这里没有 fedora:latest 这个镜像。');
  await screen.runs('docker pull nginx:0.1');
  await expect(panel.getByRole('status')).toContainText('这里没有 nginx:0.1 这个镜像。');
  await expect(panel.getByRole('listitem').first()).toContainText('1.26');
  await panel.getByRole('button', { name: '关闭' }).click();
  await expect(panel).toBeHidden();
});
