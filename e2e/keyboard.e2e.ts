/** Whole lessons by keyboard alone, in each language: from the home page to the next lesson, without a click. */
import { dictionary } from '#app/_lib/i18n/dictionaries.ts';
import { LOCALES } from '#app/_lib/i18n/locale.ts';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import type { Lesson } from '#server/protocol/lesson.ts';
import { Keyboard, KeyboardScreen } from './story/keyboard.ts';
import { expect, test, type Learner } from './story/learner.ts';
import { readPath, type Act } from './story/path.ts';

const COURSE = 'docker-basics';
/** One that is found on the map, two by the palette. */
const LESSONS = [
  { lesson: 'hello-docker', way: 'map' },
  { lesson: 'images', way: 'palette' },
  { lesson: 'copy-on-write', way: 'palette' },
] as const;

/** Pulls are the slowest things that lessons do. */
const COMMAND_MS = 60_000;
/** What the text had done is ticked by then; else it is for the learner to do. */
const TICK_MS = 2_000;

for (const locale of LOCALES)
  for (const { lesson, way } of LESSONS)
    test(`${lesson} is done from the home page to its end by keyboard alone: ${locale}`, async ({
      learner,
    }) => {
      test.setTimeout(300_000);
      const { page } = learner;
      const t = dictionary(locale);
      const text = await readLesson(learner, `${COURSE}/${lesson}?locale=${locale}`);
      const story = new Story(learner, t, text);
      await page.goto(`/${locale}`);
      await story.opens(way);
      for (const [index, { step, acts }] of (await readPath(text)).entries()) {
        await expect(page.getByRole('heading', { level: 1, name: step.title })).toBeVisible();
        if (index === 0) await story.begins();
        for (const act of acts) await story.does(act);
        for (const { id } of step.tasks) await learner.seesDone(id);
        if (index < text.steps.length - 1) await story.goesOn(index % 2 === 0 ? 'key' : 'button');
      }
      await story.ends();
    });

async function readLesson({ page }: Learner, path: string): Promise<Lesson> {
  return (await page.request.get(`/api/lessons/${path}`)).json();
}

class Story {
  readonly #learner: Learner;
  readonly #t: Dictionary;
  readonly #lesson: Lesson;
  readonly #keyboard: Keyboard;
  readonly #screen: KeyboardScreen;

  constructor(learner: Learner, t: Dictionary, lesson: Lesson) {
    this.#learner = learner;
    this.#t = t;
    this.#lesson = lesson;
    this.#keyboard = new Keyboard(learner.page, t);
    this.#screen = new KeyboardScreen(this.#keyboard);
  }

  async opens(way: 'map' | 'palette'): Promise<void> {
    const { page } = this.#learner;
    const path = `${COURSE}/${this.#lesson.key.lesson}`;
    if (way === 'palette') await this.#keyboard.finds(this.#lesson.title, path);
    else await this.#keyboard.entersAt(page.getByRole('main').locator(`a[href$="${path}"]`).last());
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }

  async begins(): Promise<void> {
    await this.#screen.hasPrompt({ timeout: COMMAND_MS });
    await this.#keyboard.reads();
    await this.#keyboard.learnsTheWayOut();
  }

  async does(act: Act): Promise<void> {
    switch (act.type) {
      case 'run':
        return this.#runs(act.nth);
      case 'task':
        return this.#solves(act);
      case 'choose':
        return this.#chooses(act);
      case 'write':
        return this.#writes(act);
    }
  }

  async goesOn(by: 'key' | 'button'): Promise<void> {
    await this.#keyboard.reads();
    if (by === 'key') await this.#keyboard.press(']');
    else {
      await this.#keyboard.entersAt(this.#learner.page.getByRole('button', { name: this.#t.lesson.next }));
      await this.#keyboard.seesFocus();
    }
  }

  /** The lesson says that it is finished, leads on, and is ticked on the map. */
  async ends(): Promise<void> {
    const { page } = this.#learner;
    const { next, key } = this.#lesson;
    await this.#keyboard.reads();
    await expect(page.getByRole('heading', { name: this.#t.learn.endTitle })).toBeVisible();
    await expect(page.getByText(this.#t.lesson.finished, { exact: true })).toBeVisible();
    await this.#keyboard.entersAt(page.getByRole('link', { name: this.#t.lesson.nextLesson, exact: true }));
    await expect(page).toHaveURL(new RegExp(`/learn/${next!.key.course}/${next!.key.lesson}$`));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await this.#keyboard.finds(this.#t.nav.courses, ' courses');
    const row = page.getByRole('main').locator(`a[href$="${key.course}/${key.lesson}"]`).last();
    await expect(row).toContainText(this.#t.home.finished);
  }

  async #runs(nth: number): Promise<void> {
    const code = this.#learner.page.getByRole('article').locator('.code[data-run]').nth(nth);
    await this.#keyboard.reads();
    await this.#keyboard.tabTo(code.getByRole('button', { name: this.#t.lesson.run, exact: true }));
    await this.#screen.ends(() => this.#keyboard.press('Enter'), { timeout: COMMAND_MS });
  }

  async #solves({ id, typed }: Extract<Act, { type: 'task' }>): Promise<void> {
    if (typed.length === 0 || (await this.#isTicked(id))) return;
    for (const line of typed) await this.#screen.ends(() => this.#screen.runs(line), { timeout: COMMAND_MS });
  }

  async #isTicked(id: string): Promise<boolean> {
    const ticked = expect(this.#learner.task(id)).toHaveAttribute('data-state', 'passed', {
      timeout: TICK_MS,
    });
    return ticked.then(
      () => true,
      () => false,
    );
  }

  async #chooses({ id, option }: Extract<Act, { type: 'choose' }>): Promise<void> {
    const task = this.#learner.task(id);
    const options = task.getByRole('radio');
    await this.#keyboard.reads();
    await this.#keyboard.tabTo(options.first());
    await this.#keyboard.press('Space');
    for (let at = 0; at < option; at++) await this.#keyboard.press('ArrowDown');
    await expect(options.nth(option)).toBeChecked();
    await this.#keyboard.entersAt(task.getByRole('button', { name: this.#t.lesson.check }));
    await this.#isRight(id);
  }

  async #writes({ id, value }: Extract<Act, { type: 'write' }>): Promise<void> {
    const answer = value.startsWith('$(') ? await this.#screen.asks(id, value) : value;
    await this.#keyboard.reads();
    await this.#keyboard.tabTo(this.#learner.task(id).getByRole('textbox'));
    await this.#learner.page.keyboard.type(answer);
    await this.#learner.page.keyboard.press('Enter');
    await this.#isRight(id);
  }

  async #isRight(id: string): Promise<void> {
    await this.#learner.seesDone(id);
    await this.#keyboard.seesFocus();
  }
}
