/** Hands that have no mouse: they walk by the page's own keys, and see at every stop where they are. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { Screen } from './screen.ts';

/** More than any page has. */
const MOST_STOPS = 250;

export class Keyboard {
  readonly page: Page;
  readonly #t: Dictionary;
  /** As the list of keys tells them, in Playwright's words. */
  #leave: string[] = [];
  #left = 0;

  constructor(page: Page, t: Dictionary) {
    this.page = page;
    this.#t = t;
  }

  /** Presses a key after which the focus is somewhere, and seen. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.seesFocus();
  }

  /** Onward with Tab, past the end of the page if need be. */
  async tabTo(target: Locator): Promise<void> {
    let rounds = 0;
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
      const isRound = await this.page.evaluate(() => document.activeElement === document.body);
      if (!isRound) await this.seesFocus();
      else if (++rounds > 1) break;
    }
    throw new Error(`Tab does not lead to ${String(target)}`);
  }

  async entersAt(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
  }

  /** Reads in the list of keys which of them lead out of a terminal. */
  async learnsTheWayOut(): Promise<void> {
    const { keys } = this.#t;
    await this.page.keyboard.press('?');
    const dialog = this.page.getByRole('dialog', { name: keys.title });
    const row = dialog.locator('dl > div', { has: this.page.getByText(keys.leave, { exact: true }) });
    await expect(row).toBeVisible();
    const told = await row.locator('kbd').allTextContents();
    this.#leave = told.map((key) => key.replace('Ctrl', 'Control').replace('Esc', 'Escape'));
    await this.press('Escape');
    await expect(dialog).toBeHidden();
    expect(this.#leave.length).toBeGreaterThan(0);
  }

  /** Into the text; each of the keys has its turn. */
  async reads(): Promise<void> {
    await this.#goesTo('read');
  }

  async entersTerminal(): Promise<void> {
    await this.#goesTo('terminal');
  }

  /** Finds something by its name in the palette; `value` is the end of what the palette knows it by. */
  async finds(name: string, value: string): Promise<void> {
    const field = this.page.getByRole('dialog').getByRole('combobox');
    // A page that has only just come hears no keys yet.
    await expect(async () => {
      await this.page.keyboard.press('Control+k');
      await expect(field).toBeFocused({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await this.page.keyboard.type(name);
    const wanted = this.page.locator(`[cmdk-item][data-value$="${value}"]`);
    await expect(wanted).toBeVisible();
    const isChosen = async () => (await wanted.getAttribute('aria-selected')) === 'true';
    for (let step = 0; step < MOST_STOPS && !(await isChosen()); step++)
      await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
  }

  /** The focus is somewhere, within sight, marked and not covered. */
  async seesFocus(): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(troubleWithFocus), { message: 'the focus is seen' })
      .toBe(null);
  }

  async #goesTo(pane: 'read' | 'terminal'): Promise<void> {
    const isThere = () =>
      this.page.evaluate((name) => !!document.activeElement?.closest(`[data-pane=${name}]`), pane);
    for (let tries = 0; tries < 2; tries++) {
      if (await isThere()) return;
      await this.press(this.#leave[this.#left++ % this.#leave.length] ?? 'F6');
    }
    expect(await isThere(), `the focus is in the pane: ${pane}`).toBe(true);
  }
}

/** Types into the terminal without touching it first. */
export class KeyboardScreen extends Screen {
  readonly #keyboard: Keyboard;

  constructor(keyboard: Keyboard) {
    super(keyboard.page);
    this.#keyboard = keyboard;
  }

  protected override takeFocus(): Promise<void> {
    return this.#keyboard.entersTerminal();
  }
}

/** Runs in the page; null when there is none. */
function troubleWithFocus(): string | null {
  const element = document.activeElement;
  if (!element || element === document.body) return 'nothing has the focus';
  const name = element.outerHTML.slice(0, 160);
  const terminal = element.closest('.xterm');
  // It shows by its cursor: a full one while it has the focus, else a hollow one.
  if (terminal) return terminal.matches('.focus') ? null : `${name} has no cursor`;
  // A choice is marked as a whole, and a field by its caret.
  const shown = element.closest('label') ?? element;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const isMarked = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  if (!isMarked && !element.matches('input:not([type=radio]), textarea')) return `${name} is not marked`;
  const box = shown.getClientRects()[0];
  if (!box) return `${name} is not drawn`;
  const within = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));
  const x = within(Math.max(0, box.left), (box.left + box.right) / 2, Math.min(innerWidth, box.right) - 1);
  const y = within(Math.max(0, box.top), (box.top + box.bottom) / 2, Math.min(innerHeight, box.bottom) - 1);
  const there = document.elementFromPoint(x, y);
  return there && shown.contains(there) ? null : `${name} is out of sight`;
}
