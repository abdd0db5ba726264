/** A learner at the browser: the words in which the stories of this folder are told. */
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { Screen } from './screen.ts';

export const LESSON = { course: 'e2e', lesson: 'first-steps' } as const;
export const LESSON_PATH = `/en/learn/${LESSON.course}/${LESSON.lesson}`;

export class Learner {
  readonly page: Page;
  readonly screen: Screen;

  constructor(page: Page) {
    this.page = page;
    this.screen = new Screen(page);
  }

  async opensLesson(): Promise<void> {
    await this.page.goto(LESSON_PATH);
    await this.screen.hasPrompt({ timeout: 30_000 });
  }

  async opensPlayground(): Promise<void> {
    await this.page.goto('/en/playground');
    await this.screen.hasPrompt({ timeout: 30_000 });
  }

  async clicksRun(command: string): Promise<void> {
    const block = this.page.locator('figure, div', { hasText: command }).last();
    await block.getByRole('button', { name: 'Run' }).first().click();
  }

  /** A task's card, by its id in the lesson. */
  task(id: string) {
    return this.page.locator(`[data-task="${id}"]`).first();
  }

  async seesDone(id: string): Promise<void> {
    await expect(this.task(id)).toHaveAttribute('data-state', 'passed');
  }

  /** Asked beside the page, which may be on its way elsewhere. */
  async isSignedInAs(email: string): Promise<void> {
    const me = async () =>
      (await (await this.page.request.get('/api/me')).json()) as { user: { email: string } | null };
    await expect.poll(async () => (await me()).user?.email).toBe(email);
  }

  /** The sandbox of the page that is open. */
  async sandbox(): Promise<{ id: string; state: string }> {
    const sandboxes = await this.page.evaluate(async () => (await fetch('/api/sandboxes')).json());
    expect(sandboxes).toHaveLength(1);
    return sandboxes[0];
  }

  /** Gives the machines back, so that the next story finds room; beside the page, whatever has become of it. */
  async leaves(): Promise<void> {
    const { request } = this.page;
    const answer = await request.get('/api/sandboxes');
    // Nobody came in.
    if (answer.status() === 401) return;
    const sandboxes = (await answer.json()) as { id: string }[];
    const headers = { origin: new URL(answer.url()).origin };
    for (const { id } of sandboxes) {
      const gone = await request.delete(`/api/sandboxes/${id}`, { headers });
      expect(gone.ok(), `sandbox ${id} is given back`).toBe(true);
    }
  }
}

type Fixtures = {
  learner: Learner;
  /** Somebody with a browser of their own. */
  newLearner: (from?: BrowserContext) => Promise<Learner>;
};

export const test = base.extend<Fixtures>({
  learner: async ({ page }, use) => {
    const learner = new Learner(page);
    await use(learner);
    await learner.leaves();
  },
  newLearner: async ({ browser }, use) => {
    const learners: Learner[] = [];
    await use(async (from) => {
      const context = await browser.newContext({ storageState: await from?.storageState() });
      const learner = new Learner(await context.newPage());
      learners.push(learner);
      return learner;
    });
    for (const learner of learners) {
      await learner.leaves();
      await learner.page.context().close();
    }
  },
});

export { expect };
