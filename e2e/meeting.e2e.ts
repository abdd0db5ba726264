/** The next meeting of a class: announced, judged, its machines made before the start, seen on the wall, and called off. */
import { AxeBuilder } from '@axe-core/playwright';
import { asks, makesClass, signsInAsAdmin } from './story/class.ts';
import { expect, test } from './story/learner.ts';

/** What a `datetime-local` field takes for that many minutes from now; browser and test have one clock. */
function fieldIn(minutes: number): string {
  const now = new Date();
  return new Date(now.getTime() + (minutes - now.getTimezoneOffset()) * 60_000).toISOString().slice(0, 16);
}

test('a lesson that the class has just been given can be chosen for its meeting', async ({ learner }) => {
  const { page } = learner;
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'Lessons');
  await page.goto(`/en/classes/${id}/settings`);
  const lessons = page.getByRole('region', { name: 'Next meeting' }).getByLabel('Lesson');
  await expect(lessons.getByRole('option', { name: 'Two machines' })).toHaveCount(0);
  await page.locator('summary', { hasText: 'First course' }).click();
  await page.getByRole('button', { name: 'Add Two machines' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await lessons.selectOption('Two machines');
  await page.getByRole('region', { name: 'Next meeting' }).getByLabel('Date and time').fill(fieldIn(600));
  await page.getByRole('button', { name: 'Announce' }).click();
  await expect(page.getByText('Machines of this lesson cannot be made before the start')).toBeVisible();
});

test('a meeting is announced, its machines are made before the start, and it is called off', async ({
  learner,
}) => {
  test.setTimeout(240_000);
  const { page } = learner;
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'Meeting');
  await page.goto(`/en/classes/${id}/settings`);
  const section = page.getByRole('region', { name: 'Next meeting' });
  const at = section.getByLabel('Date and time');
  await section.getByRole('button', { name: 'Announce' }).click();
  await expect(section.getByText('Choose a date and a time.')).toBeVisible();
  await expect(at).toBeFocused();
  await at.fill('2030-01-31T18:00');
  await section.getByLabel('How many come').fill('500');
  await section.getByLabel('Lesson').selectOption('First steps');
  await section.getByRole('button', { name: 'Announce' }).click();
  await expect(section.getByText('500 learners need 500 machines.')).toBeVisible();
  await expect(section.getByText('would wait in a queue.')).toBeVisible();
  await expect(section.getByText(/Machines are made from .* on\./)).toBeVisible();

  await at.fill(fieldIn(5));
  await section.getByLabel('How many come').fill('3');
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByText('3 learners need 3 machines.')).toBeVisible();
  await expect(section.getByText('It fits.')).toBeVisible();
  // By itself: nobody loads the page again.
  await expect(section.getByText('Ready: 3 machines wait for them.')).toBeVisible({ timeout: 150_000 });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.goto(`/en/classes/${id}`);
  await expect(page.getByText('3 of 3 machines wait')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('link', { name: 'Next meeting' }).click();
  await expect(page).toHaveURL(/\/settings#meeting$/);
  await section.getByRole('button', { name: 'Call off' }).click();
  await page.getByRole('button', { name: 'Call it off' }).click();
  await expect(page.locator('.toast', { hasText: 'The meeting is called off' })).toBeVisible();
  await expect(section.getByRole('button', { name: 'Announce' })).toBeVisible();
  expect(await asks(page, 'GET', `/api/classes/${id}/meeting`)).toBeNull();
});
