/** A class on its wall, from the instructor's seat: progress as it happens, who is stuck and why, hands, notes, and typing with consent. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ClassView } from '#server/protocol/classes.ts';
import { FIRST_ACCOUNT } from './story/first-account.ts';
import { ask } from './story/instructor.ts';
import { expect, LESSON, test, type Learner } from './story/learner.ts';
import { Screen } from './story/screen.ts';

const OTHER = { course: 'e2e', lesson: 'two-machines' } as const;
/** What happens is on the wall within this. */
const AT_ONCE_MS = 1000;

function calls<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return ask<T>(page.request, { method, path, body, origin: new URL(page.url()).origin });
}

async function makesClass(page: Page): Promise<ClassView> {
  await page.goto('/en');
  const { email, password } = FIRST_ACCOUNT;
  await calls(page, 'POST', '/api/auth/sign-in/email', { email, password });
  const lessons = [LESSON, OTHER].map((lesson) => ({ lesson, dueAt: null, weight: 1 }));
  const settings = { name: 'Containers, autumn group', locale: 'en', lessons, latePercent: 100 };
  const { id } = await calls<ClassView>(page, 'POST', '/api/classes', settings);
  return calls(page, 'POST', `/api/classes/${id}/code`, { expiresAt: null, maxUses: null });
}

async function joins(learner: Learner, code: string, name: string): Promise<void> {
  await learner.opensLesson();
  await calls(learner.page, 'POST', '/api/classes/join', { code, name });
}

async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

test('a class is watched, helped and told something, as it happens', async ({ browser, newLearner }) => {
  test.setTimeout(240_000);
  const wall = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const { id, code } = await makesClass(wall);
  await wall.goto(`/en/classes/${id}`);
  // Nobody is here: the code, large.
  await expect(wall.getByText(code!.code)).toHaveCount(2);
  await isSound(wall);

  const [amara, jonas, mateo] = [await newLearner(), await newLearner(), await newLearner()];
  const tile = (name: string) => wall.getByRole('listitem').filter({ hasText: name });
  for (const [learner, name] of [
    [amara, 'Amara Nwosu'],
    [jonas, 'Jonas Weber'],
    [mateo, '林涛'],
  ] as const) {
    await joins(learner, code!.code, name);
    await expect(tile(name)).toBeVisible({ timeout: AT_ONCE_MS });
  }

  // What ticks for the learner ticks on the wall.
  await amara.screen.types('docker run --rm busybox true; docker run hello-world\n');
  await amara.seesDone('hello-ran');
  await expect(tile('Amara Nwosu')).toContainText('1 of 3 tasks', { timeout: AT_ONCE_MS });
  await expect(wall.getByRole('row', { name: /Run hello-world/ }).getByRole('img')).toHaveAccessibleName(
    '1 of 3 passed',
    { timeout: AT_ONCE_MS },
  );

  // Who is stuck rises, with the reason in words. Names stand in their order before.
  await expect(wall.locator('[data-learner]').first()).toContainText('Amara Nwosu');
  for (let time = 0; time < 5; time++) await jonas.screen.runs('docker start nothing-there');
  await expect(tile('Jonas Weber')).toContainText('exit 1', { timeout: AT_ONCE_MS });
  const { id: sandbox } = await jonas.sandbox();
  for (let hint = 0; hint < 2; hint++)
    await calls(jonas.page, 'POST', `/api/sandboxes/${sandbox}/hint`, { task: 'hello-ran' });
  const first = wall.locator('[data-learner]').first();
  await expect(first).toContainText('Jonas Weber');
  await expect(first).toContainText('same error 5 times');
  await expect(tile('Jonas Weber')).toHaveAttribute('data-look', 'stuck');
  await isSound(wall);

  // The order is held while somebody points; who raises a hand meanwhile is seen all the same.
  await tile('Amara Nwosu').hover();
  await mateo.page.getByRole('button', { name: 'Raise your hand' }).click();
  await expect(tile('林涛')).toHaveAttribute('data-look', 'hand', { timeout: AT_ONCE_MS });
  await expect(first).toContainText('Jonas Weber');
  await wall.mouse.move(700, 60);
  await expect(first).toContainText('林涛');

  // A note to all, with a command.
  await wall.getByRole('button', { name: 'Note to all' }).click();
  await wall.getByLabel('What you want to say').fill('Look at the images first.');
  await wall.getByLabel('A command').fill('docker images');
  await wall.getByRole('button', { name: 'Send', exact: true }).click();
  for (const { page } of [amara, jonas, mateo])
    await expect(page.getByRole('complementary', { name: /^Note from/ })).toContainText(
      'Look at the images first.',
    );

  // A answers the hand: the learner's page, their terminal, and they see who looks.
  await wall.keyboard.press('a');
  await expect(wall.getByRole('heading', { name: '林涛', level: 1 })).toBeVisible();
  const theirs = new Screen(wall);
  await theirs.sees('root@node1');
  await expect(mateo.page.getByText(`${FIRST_ACCOUNT.name} is watching`, { exact: true })).toBeVisible();
  await mateo.screen.types('echo hello-instr""uctor\n');
  await theirs.sees('hello-instructor');
  await isSound(wall);

  // Who only looks types nothing; who asks waits for the word.
  await wall.getByRole('button', { name: 'Ask to type' }).click();
  await expect(wall.getByText('Waiting for 林涛 to allow it')).toBeVisible();
  const request = mateo.page.getByRole('group', { name: `${FIRST_ACCOUNT.name} asks to type` });
  await request.getByRole('button', { name: 'Not now' }).click();
  await expect(wall.getByText('林涛 did not allow it')).toBeVisible();
  await wall.getByRole('button', { name: 'Ask to type' }).click();
  await request.getByRole('button', { name: 'Allow' }).click();
  await expect(wall.getByText('You type in 林涛’s machine')).toBeVisible();
  await theirs.types('echo to""gether\n');
  await mateo.screen.sees('together');
  await isSound(wall);
  await wall.getByRole('button', { name: 'Stop typing' }).click();
  await expect(wall.getByText('You look only.')).toBeVisible();

  // The hand goes down again, and what happened is told, newest first.
  await mateo.page.getByRole('button', { name: 'Lower your hand' }).click();
  await expect(wall.getByText(/^hand up/)).toBeHidden({ timeout: AT_ONCE_MS });
  await expect(wall.getByText('put the hand down')).toBeVisible();
  await wall.getByRole('button', { name: 'People', exact: true }).click();
  await expect(wall.getByText(`${FIRST_ACCOUNT.name} began to type`)).toBeVisible();
  await expect(wall.getByText('got a note: Look at the images first.')).toBeVisible();

  // Who is taken out of the class is taken from the page.
  const learner = /learners\/(\w+)/.exec(wall.url())![1]!;
  await calls(wall, 'DELETE', `/api/classes/${id}/learners/${learner}`);
  await expect(wall.getByRole('heading', { name: 'left the class' })).toBeVisible();

  await calls(wall, 'DELETE', `/api/classes/${id}`);
  await wall.goto(`/en/classes/${id}`);
  await expect(wall.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await wall.context().close();
});
