/** A class from its making to the last learner's leaving: pages of instructors, joining by code, gradebook, tokens, and what is one's own. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Download, Page } from '@playwright/test';
import type { Gradebook } from '#server/protocol/gradebook.ts';
import { asks, makesClass, makesCode, signsInAsAdmin, signsUp, statusOf } from './story/class.ts';
import { expect, test, type Learner } from './story/learner.ts';

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };

const toast = (page: Page, words: string) => page.locator('.toast', { hasText: words });

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** A guest on a phone with the link: a name, Enter, and they are in the first lesson. */
async function joinsByLink({ page }: Learner, code: string, name: string): Promise<void> {
  await page.setViewportSize(PHONE);
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/en\/learn\/e2e\/first-steps$/);
}

test('an administrator names an instructor and takes it back', async ({ learner, newLearner }) => {
  const teacher = await newLearner();
  const email = await signsUp(teacher, 'Radia Perlman');
  await teacher.page.goto('/en/classes');
  await expect(teacher.page.getByText('An administrator of this server can make you one')).toBeVisible();
  await expect(teacher.page.getByRole('link', { name: 'New class' })).toHaveCount(0);

  await signsInAsAdmin(learner);
  const { page } = learner;
  await page.goto('/en/classes');
  await page.getByLabel('E-mail of the account').fill('nobody@example.org');
  await page.getByRole('button', { name: 'Make instructor' }).click();
  await expect(page.getByText('No account has this e-mail.')).toBeVisible();
  await page.getByLabel('E-mail of the account').fill(email);
  await page.getByRole('button', { name: 'Make instructor' }).click();
  await expect(toast(page, 'Radia Perlman may make classes now')).toBeVisible();
  await teacher.page.reload();
  await expect(teacher.page.getByRole('link', { name: 'New class' })).toBeVisible();

  await page.getByRole('listitem').filter({ hasText: email }).getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toHaveCount(0);
  await teacher.page.reload();
  await expect(teacher.page.getByRole('link', { name: 'New class' })).toHaveCount(0);
});

test('a class is made, a guest joins on a phone in two actions, and what they do is in the gradebook', async ({
  learner: instructor,
  newLearner,
  request,
}) => {
  test.setTimeout(180_000);
  const { page } = instructor;
  await signsInAsAdmin(instructor);
  await page.goto('/en/classes');
  await page.getByRole('link', { name: 'New class' }).click();
  await page.getByRole('button', { name: 'Make the class' }).click();
  await expect(page.getByText('Give the class a name.')).toBeVisible();
  await page.getByLabel('Name of the class').fill('Autumn group');
  await page.getByRole('button', { name: 'Add Two machines' }).click();
  await page.getByRole('button', { name: 'Add First steps' }).click();
  // By keys: the focus goes along with the row.
  const up = page.getByRole('button', { name: 'Move up: First steps' });
  await up.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(up).toBeFocused();
  await page.getByLabel('First steps: due').fill('2030-01-31T18:00');
  await page.getByRole('button', { name: 'Make the class' }).click();
  await expect(page).toHaveURL(/\/classes\/[a-z2-7]{8}\/settings$/);
  const id = /classes\/([a-z2-7]{8})/.exec(page.url())![1]!;

  await page.getByRole('button', { name: 'Make a code' }).click();
  await page.getByLabel('For how many learners').fill('0');
  await page.getByRole('button', { name: 'Make the code' }).click();
  await expect(page.getByText('A whole number from 1 to 500.')).toBeVisible();
  await page.getByLabel('For how many learners').fill('1');
  await page.getByRole('button', { name: 'Make the code' }).click();
  const joining = page.getByRole('region', { name: 'Joining' });
  await expect(joining.getByText('0 of 1 have come by it')).toBeVisible();
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec((await joining.textContent())!)![0];
  await page.getByRole('button', { name: 'Show it to the room' }).click();
  await expect(page.getByRole('dialog', { name: 'Autumn group' }).getByText(code)).toBeVisible();
  await page.keyboard.press('Escape');

  const guest = await newLearner();
  await joinsByLink(guest, code, '林涛 =1+1');
  await guest.page.setViewportSize(WIDE);
  await guest.screen.hasPrompt({ timeout: 30_000 });
  await guest.screen.runs('docker run hello-world');
  await guest.seesDone('hello-ran');
  await guest.page.goto('/en/classes');
  await expect(guest.page.getByRole('heading', { name: 'Autumn group' })).toBeVisible();
  await expect(guest.page.getByText(/due Thu,? 31 Jan 2030|due .*2030/)).toBeVisible();

  const late = await newLearner();
  await late.page.goto(`/en/join/${code.toLowerCase().replace('-', '')}`);
  await expect(
    late.page.getByRole('heading', { name: 'This code has let in as many as it may' }),
  ).toBeVisible();

  await page.goto(`/en/classes/${id}/gradebook`);
  const row = page.getByRole('row').filter({ hasText: '林涛' });
  await expect(row).toContainText('1/3');
  await page.getByRole('button', { name: 'Sort by Total' }).click();
  await expect(page.getByRole('columnheader', { name: 'Sort by Total' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download for a spreadsheet' }).click(),
  ]);
  const csv = await textOf(sheet);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv.trim().split('\r\n')).toHaveLength(2);
  expect(csv).toContain('林涛 =1+1');

  await page.goto(`/en/classes/${id}/settings`);
  await page.getByLabel('What it is for').fill('School register');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const secret = (await page.getByTestId('token-secret').textContent())!;
  await expect(page.getByTestId('token-call')).toContainText('/api/v1/gradebook');
  const authorization = { authorization: `Bearer ${secret}` };
  const read = await request.get('/api/v1/gradebook', { headers: authorization });
  const book = (await read.json()) as Gradebook;
  expect(book.class).toEqual({ id, name: 'Autumn group' });
  expect(book.rows.map(({ name }) => name)).toEqual(['林涛 =1+1']);
  await page.reload();
  await expect(page.getByTestId('token-secret')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove: School register' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(toast(page, 'no longer reads the gradebook')).toBeVisible();
  expect((await request.get('/api/v1/gradebook', { headers: authorization })).status()).toBe(401);

  await page.getByRole('button', { name: 'Delete the class…' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page).toHaveURL(/\/en\/classes$/);
  expect((await page.request.get(`/api/classes/${id}`)).status()).toBe(404);
});

test('an expired, a taken back and an unknown code each say what to do', async ({ learner, newLearner }) => {
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'Codes');
  const { page } = await newLearner();
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

  const short = await makesCode(learner, id, { expiresAt: new Date(Date.now() + 1_500).toISOString() });
  expect(await statusOf(page.request, short)).toBe(200);
  await expect.poll(() => statusOf(page.request, short)).toBe(410);
  await page.goto(`/join/${short}`);
  await expect(heading('This code has expired')).toBeVisible();

  const kept = await makesCode(learner, id);
  await asks(learner.page, 'DELETE', `/api/classes/${id}/code`);
  await page.getByRole('textbox', { name: 'Code' }).fill(kept.toLowerCase());
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(heading('This code leads to no class')).toBeVisible();

  await page.goto('/en/join');
  await page.getByRole('textbox', { name: 'Code' }).fill('0OIL');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('A code has eight letters and digits')).toBeVisible();
});

test('who has an account signs in on the way and is asked for no name', async ({ learner, newLearner }) => {
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'Accounts');
  const code = await makesCode(learner, id);
  const { page } = await newLearner();
  await page.goto(`/en/join/${code}`);
  await page.getByRole('link', { name: 'I have an account' }).click();
  await page.getByRole('button', { name: 'Make an account' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Barbara Liskov');
  await page.getByLabel('E-mail').fill(`barbara-${Date.now()}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('a long enough one');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByText('You join as Barbara Liskov.')).toBeVisible();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page).toHaveURL(/\/learn\/e2e\/first-steps$/);

  await page.goto('/en/classes');
  await page.getByRole('button', { name: 'Leave: Accounts' }).click();
  await page.getByRole('button', { name: 'Leave the class' }).click();
  await expect(page.getByText('You are in no class.')).toBeVisible();
});

test('a list is brought as a file, its slips are told by line, and somebody is taken out', async ({
  learner,
}) => {
  const { page } = learner;
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'List');
  await page.goto(`/en/classes/${id}/settings`);
  const csv =
    'name,email,number\r\nNina Berg,nina@example.org,M-1\r\n,lost@example.org,\r\n"Petit, Hugo",no address,\r\n';
  const buffer = Buffer.from(csv);
  await page.setInputFiles('input[type=file]', { name: 'list.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByLabel('Lines of the list')).toHaveValue(/Nina Berg/);
  await page.getByRole('button', { name: 'Add to the class' }).click();
  await expect(page.getByText('1 was added')).toBeVisible();
  await expect(page.getByText('Line 3: there is no name')).toBeVisible();
  await expect(page.getByText('Line 4: this is no e-mail address')).toBeVisible();
  const row = page.getByRole('row').filter({ hasText: 'Nina Berg' });
  await expect(row).toContainText('not here yet');
  await page.getByLabel('Lines of the list').fill('name,email\nNina Berg,nina@example.org\n');
  await page.getByRole('button', { name: 'Add to the class' }).click();
  await expect(page.getByText('1 was there already')).toBeVisible();
  await row.getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
});

test('a learner reads what is recorded, takes it along, and has all of it deleted', async ({
  learner,
  newLearner,
}) => {
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'Privacy group');
  const code = await makesCode(learner, id);
  const guest = await newLearner();
  await joinsByLink(guest, code, 'Sofia Rossi');
  const { page } = guest;
  await page.goto('/en/privacy');
  await expect(page.getByText('sees you as “Sofia Rossi”')).toBeVisible();
  const [data] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download my data' }).click(),
  ]);
  const text = await textOf(data);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(text).toContain('Sofia Rossi');

  await page.getByRole('button', { name: 'Delete me…' }).click();
  const confirm = page.getByRole('button', { name: 'Delete me for good' });
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Type “delete” to go on').fill('delete');
  await confirm.click();
  await expect(page).toHaveURL(/\/en$/);
  expect(await asks<{ user: unknown }>(page, 'GET', '/api/me')).toMatchObject({ user: null });
  expect(await asks(learner.page, 'GET', `/api/classes/${id}/roster`)).toEqual([]);
});

for (const theme of ['light', 'dark'] as const)
  test(`pages of an instructor and of a learner are sound: ${theme}`, async ({ learner, newLearner }) => {
    test.setTimeout(180_000);
    await signsInAsAdmin(learner);
    const { id } = await makesClass(learner, 'Sound');
    const code = await makesCode(learner, id);
    const guest = await newLearner();
    await joinsByLink(guest, code, 'Omar Haddad');
    const stranger = await newLearner();
    const parts = ['/classes', '/classes/new', `/classes/${id}/settings`, `/classes/${id}/gradebook`];
    const pages: [Page, string[]][] = [
      [learner.page, parts],
      [guest.page, ['/classes', '/privacy', `/join/${code}`]],
      [stranger.page, ['/classes', '/privacy', `/join/${code}`]],
    ];
    for (const [page, paths] of pages) {
      await page.emulateMedia({ colorScheme: theme });
      for (const size of [WIDE, PHONE]) {
        await page.setViewportSize(size);
        for (const path of paths) await isSound(page, path);
      }
    }
  });

async function isSound(page: Page, path: string): Promise<void> {
  for (const locale of ['en', 'zh']) {
    await page.goto(`/${locale}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(
      ({ id, nodes }) => `${path}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    );
    expect(told).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
  }
}

test('another’s class is no page, and a stranger is led to sign in', async ({ learner, newLearner }) => {
  await signsInAsAdmin(learner);
  const { id } = await makesClass(learner, 'Mine');
  const other = await newLearner();
  await other.page.goto(`/en/classes/${id}/settings`);
  await expect(other.page).toHaveURL(/\/en\/sign-in$/);
  await signsUp(other, 'Mallory');
  for (const part of ['settings', 'gradebook']) {
    await other.page.goto(`/en/classes/${id}/${part}`);
    await expect(other.page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  }
});
