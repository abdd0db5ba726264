/** A guest makes an account and finds all work again, on another browser too. */
import { expect, test } from './story/learner.ts';

test('a guest becomes an account and keeps the shell; another browser signs in to it', async ({
  learner,
  newLearner,
}) => {
  const { page, screen } = learner;
  const email = `ada-${Date.now()}@example.org`;
  await learner.opensPlayground();
  const shell = await screen.asks('mine', '$$');

  await page.goto('/en/sign-in');
  await page.getByLabel('Name', { exact: true }).fill('Ada');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a long enough one');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await learner.isSignedInAs(email);
  // The form leads home by itself.
  await expect(page).toHaveURL(/\/en$/);
  await learner.opensPlayground();
  expect(await screen.asks('still', '$$')).toBe(shell);

  const elsewhere = await newLearner();
  await elsewhere.page.goto('/en/sign-in');
  await elsewhere.page.getByLabel('E-mail').fill(email);
  await elsewhere.page.getByLabel('Password', { exact: true }).fill('a long enough one');
  await elsewhere.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.isSignedInAs(email);
  await expect(elsewhere.page).toHaveURL(/\/en$/);
  await elsewhere.opensPlayground();
  expect(await elsewhere.screen.asks('there', '$$')).toBe(shell);
});
