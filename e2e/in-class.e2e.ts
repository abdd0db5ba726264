/** A lesson in class, from the learner's seat: joining, a raised hand, who watches, who types, notes, a pause, leaving. */
import { AxeBuilder } from '@axe-core/playwright';
import { ask, Instructor } from './story/instructor.ts';
import { expect, LESSON, test as base, type Learner } from './story/learner.ts';

const CLASS = 'Containers, autumn group';
const DAY_MS = 24 * 3600_000;

const test = base.extend<{ instructor: Instructor }>({
  instructor: async ({ browser }, use) => {
    const context = await browser.newContext();
    const instructor = new Instructor(await context.newPage());
    await instructor.signsIn();
    await use(instructor);
    await instructor.removesClass();
    await context.close();
  },
});

/** Into a class with the lesson, whose page is open. */
async function joins(learner: Learner, instructor: Instructor): Promise<void> {
  const due = new Date(Date.now() + 2 * DAY_MS).toISOString();
  const code = await instructor.makesClass(CLASS, LESSON, due);
  await learner.opensLesson();
  const { request } = learner.page;
  const origin = new URL(learner.page.url()).origin;
  await ask(request, { method: 'POST', path: '/api/classes/join', body: { code, name: 'Mia' }, origin });
}

test('a learner sees their class, raises a hand by button and by key, and leaves', async ({
  learner,
  instructor,
}) => {
  const { page } = learner;
  await joins(learner, instructor);
  const chip = page.getByRole('button', { name: `in class ${CLASS}` });
  await expect(chip).toContainText('due ');
  const hand = page.getByRole('button', { name: 'Raise your hand' });
  await hand.click();
  await expect(page.getByRole('button', { name: 'Lower your hand' })).toBeVisible();
  await expect(chip).toContainText('hand up');
  // In the middle of a command too: the terminal does not hear of it.
  await learner.screen.types('echo half');
  await page.keyboard.press('Alt+Shift+H');
  await expect(hand).toBeVisible();
  await page.keyboard.type('-done');
  await learner.screen.sees('echo half-done');

  await chip.click();
  const panel = page.getByRole('dialog', { name: 'Your class' });
  await expect(panel).toContainText('with Lena Torres');
  await expect(panel).toContainText('You are here as Mia.');
  await expect(panel.getByRole('link', { name: 'What is recorded of you' })).toHaveAttribute(
    'href',
    '/en/privacy',
  );
  await panel.getByRole('button', { name: 'Leave the class' }).click();
  await panel.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByText(`You left ${CLASS}.`)).toBeVisible();
  await expect(chip).toBeHidden();
  expect(await instructor.roster()).toEqual([]);
});

test('home says what the class asks for next', async ({ learner, instructor }) => {
  await joins(learner, instructor);
  await learner.page.goto('/en');
  const line = learner.page.getByRole('region', { name: 'Your classes' }).getByRole('listitem');
  await expect(line).toContainText(CLASS);
  await expect(line).toContainText(/due in (1|2) days?/);
  await expect(line.getByRole('link')).toHaveAttribute('href', `/en/learn/${LESSON.course}/${LESSON.lesson}`);
});

test('who watches is named; typing is asked for, allowed, seen and ended', async ({
  learner,
  instructor,
}) => {
  const { page } = learner;
  await joins(learner, instructor);
  const { id } = await learner.sandbox();
  await instructor.watches(id);
  await expect(page.getByText('Lena Torres is watching', { exact: true })).toBeVisible();

  // Whoever only watches types nothing.
  await instructor.types('echo un""asked\r');
  await learner.screen.types('echo mine');
  await instructor.asksToType(id);
  const request = page.getByRole('group', { name: 'Lena Torres asks to type' });
  await expect(request).toBeVisible();
  // The learner goes on typing meanwhile.
  await page.keyboard.type('-still\n');
  await learner.screen.sees('mine-still\n');
  expect(await learner.screen.text()).not.toContain('unasked');
  await request.getByRole('button', { name: 'Not now' }).click();
  await expect(request).toBeHidden();

  await instructor.asksToType(id);
  await request.getByRole('button', { name: 'Allow' }).click();
  const typing = page.getByRole('group', { name: 'Lena Torres types in your terminal' });
  await expect(typing).toBeVisible();
  await instructor.types('echo to""gether\r');
  await learner.screen.sees('together');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id: rule }) => rule)).toEqual([]);
  await typing.getByRole('button', { name: 'End the typing of Lena Torres' }).click();
  await expect(typing).toBeHidden();
  await instructor.types('echo af""terwards\r');
  await learner.screen.runs('echo my""self');
  await learner.screen.sees('myself');
  expect(await learner.screen.text()).not.toContain('afterwards');

  await instructor.goes();
  await expect(page.getByText('Lena Torres is watching', { exact: true })).toBeHidden();
});

test('a note stays until it is closed, its command is typed by a click, and a pause holds the terminal', async ({
  learner,
  instructor,
}) => {
  const { page } = learner;
  await joins(learner, instructor);
  await instructor.writes('Try this one.', 'echo from-the-""note');
  const card = page.getByRole('complementary', { name: 'Note from Lena Torres' });
  await expect(card).toContainText('Try this one.');
  await card.getByRole('button', { name: 'Run' }).click();
  await learner.screen.sees('from-the-note');
  await page.reload();
  await expect(card).toContainText('Try this one.');
  await card.getByRole('button', { name: 'Close the note' }).click();
  await expect(card).toBeHidden();
  await page.reload();
  await learner.screen.hasPrompt({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: `in class ${CLASS}` })).toBeVisible();
  await expect(card).toBeHidden();

  await learner.screen.types('echo be');
  await instructor.pauses(true);
  const curtain = page.getByRole('region', { name: 'The class is paused' });
  await expect(curtain).toBeVisible();
  await page.keyboard.type('NOTHING');
  await instructor.writes('Eyes to the front, please.');
  await expect(curtain).toContainText('Eyes to the front, please.');
  await expect(page.getByRole('button', { name: /^Run · / }).first()).toBeVisible();
  await instructor.pauses(false);
  await expect(curtain).toBeHidden();
  await page.keyboard.type('""fore\n');
  await learner.screen.sees('before');
  expect(await learner.screen.text()).not.toContain('NOTHING');
});
