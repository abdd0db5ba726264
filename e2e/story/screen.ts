/** Reads and types into a terminal of the page as its learner would, by the emulator's own buffer. */
import { expect, type Locator, type Page } from '@playwright/test';

/** What xterm.js 6 lets us read of its buffer (its public API). */
type Emulator = {
  cols: number;
  rows: number;
  buffer: {
    active: {
      length: number;
      getLine(index: number):
        | {
            isWrapped: boolean;
            translateToString(trimRight: boolean): string;
            getCell(column: number): { getChars(): string } | undefined;
          }
        | undefined;
    };
  };
};
type Host = HTMLElement & { terminal: Emulator };

export class Screen {
  readonly #page: Page;
  readonly host: Locator;

  constructor(page: Page, name = 'node1/1') {
    this.#page = page;
    this.host = page.locator(`[data-terminal="${name}"]`);
  }

  /** Everything in the buffer, wrapped lines joined. */
  text(): Promise<string> {
    return this.host.evaluate((host) => {
      const { active } = (host as Partial<Host>).terminal?.buffer ?? {};
      // The emulator is still being fetched.
      if (!active) return '';
      let text = '';
      for (let index = 0; index < active.length; index++) {
        const line = active.getLine(index);
        if (!line) break;
        text += (index === 0 || line.isWrapped ? '' : '\n') + line.translateToString(true);
      }
      return text;
    });
  }

  /** The column at which `mark` stands on the last line that begins with `start`. */
  columnOf(start: string, mark: string): Promise<number> {
    return this.host.evaluate(
      (host, [begin, sign]) => {
        const { terminal } = host as Host;
        for (let index = terminal.buffer.active.length - 1; index >= 0; index--) {
          const line = terminal.buffer.active.getLine(index);
          if (!line?.translateToString(true).startsWith(begin!)) continue;
          for (let column = 0; column < terminal.cols; column++) {
            if (line.getCell(column)?.getChars() === sign) return column;
          }
        }
        return -1;
      },
      [start, mark],
    );
  }

  size(): Promise<{ cols: number; rows: number }> {
    return this.host.evaluate((host) => {
      const { cols, rows } = (host as Host).terminal;
      return { cols, rows };
    });
  }

  /** @param options `intervals` in ms, for who measures how long it takes: by itself one looks ever more rarely */
  async sees(text: string | RegExp, options: { timeout?: number; intervals?: number[] } = {}): Promise<void> {
    const seen = expect.poll(() => this.text(), {
      message: `the terminal shows ${String(text)}`,
      ...options,
    });
    await (typeof text === 'string' ? seen.toContain(text) : seen.toMatch(text));
  }

  /** Waits for a prompt that nothing stands behind. */
  async hasPrompt(options: { timeout?: number } = {}): Promise<void> {
    await this.sees(/root@node1:[^\n]*# ?\n*$/, options);
  }

  /** Waits until what `start` sets off has ended: one prompt more, with nothing behind it. */
  async ends(start: () => Promise<void>, options: { timeout?: number } = {}): Promise<void> {
    const prompts = async () => (await this.text()).match(/^root@node1:\S*#/gm)?.length ?? 0;
    const before = await prompts();
    await start();
    await expect.poll(prompts, { message: 'the command ends', ...options }).toBeGreaterThan(before);
    await this.hasPrompt(options);
  }

  async types(text: string): Promise<void> {
    await this.takeFocus();
    await this.#page.keyboard.type(text);
  }

  async runs(line: string): Promise<void> {
    await this.types(line);
    await this.#page.keyboard.press('Enter');
  }

  /** Runs a command whose output is one line `name=value`, and gives the value. */
  async asks(name: string, expression: string): Promise<string> {
    // The name is split in what is typed, so that only the answer matches.
    await this.runs(`echo "${name.slice(0, 1)}""${name.slice(1)}=${expression}="`);
    const pattern = new RegExp(`${name}=([^=\\n]*)=`);
    await this.sees(pattern);
    const matches = [...(await this.text()).matchAll(new RegExp(pattern, 'g'))];
    return matches.at(-1)![1]!;
  }

  protected async takeFocus(): Promise<void> {
    await this.host.click();
  }
}
