/** Looks at a terminal as a page does, and remembers what it saw: tests type into it and wait for what they expect. */
import { vi } from 'vitest';
import type { Ready, TerminalKey, Terminals, Viewer, ViewerEvents, ViewerOptions } from '../contract.ts';

/** Enough for what a test looks for; floods run through. */
const TEXT_CHARACTERS = 4 * 1024 * 1024;

export class Watcher implements ViewerEvents {
  /** Bytes as latin1 since the last `truncated`, at most the newest few MiB. */
  text = '';
  /** What was told, but for output. */
  readonly told: string[] = [];
  readonly readies: Ready[] = [];
  /** Offset after the last byte that came. */
  offset = 0;
  viewer: Viewer | null = null;
  /** Draws whatever comes at once, as a fast browser does. */
  drawsAtOnce = false;
  #unacked = 0;

  static async attach(
    terminals: Pick<Terminals, 'attach'>,
    key: TerminalKey,
    options: Partial<ViewerOptions> = {},
  ): Promise<Watcher> {
    const watcher = new Watcher();
    const size = { cols: 80, rows: 24, offset: undefined, readOnly: false };
    watcher.viewer = await terminals.attach(key, { ...size, ...options }, watcher);
    return watcher;
  }

  type(text: string): boolean {
    return this.viewer?.write(Buffer.from(text)) ?? false;
  }

  /** Acknowledges all that came: the screen has drawn it. */
  draw(): void {
    const bytes = this.#unacked;
    this.#unacked = 0;
    if (bytes > 0) this.viewer?.ack(bytes);
  }

  /** Waits until the text is seen, and returns what came up to it and leaves what came after. */
  async sees(text: string, timeoutMs = 5000): Promise<string> {
    const wanted = Buffer.from(text).toString('latin1');
    return vi.waitFor(
      () => {
        const at = this.text.indexOf(wanted);
        if (at === -1) throw new Error(`The terminal shows ${JSON.stringify(this.text.slice(-300))}`);
        const seen = this.text.slice(0, at + wanted.length);
        this.text = this.text.slice(seen.length);
        return Buffer.from(seen, 'latin1').toString();
      },
      { timeout: timeoutMs, interval: 2 },
    );
  }

  /** The last thing told whose name is `name`. */
  last(name: string): string | undefined {
    return this.told.findLast((entry) => entry.startsWith(name));
  }

  ready(ready: Ready): void {
    this.readies.push(ready);
    this.told.push(`ready ${ready.offset}${ready.truncated ? ' truncated' : ''}`);
    if (ready.truncated) this.text = '';
    this.offset = ready.offset;
  }
  size(cols: number, rows: number): void {
    this.told.push(`size ${cols}x${rows}`);
  }
  output(chunk: Buffer): void {
    this.text = (this.text + chunk.toString('latin1')).slice(-TEXT_CHARACTERS);
    this.offset += chunk.length;
    this.#unacked += chunk.length;
    if (this.drawsAtOnce) setImmediate(() => this.draw());
  }
  title(title: string): void {
    this.told.push(`title ${title}`);
  }
  exit(code: number): void {
    this.told.push(`exit ${code}`);
  }
  lost(): void {
    this.told.push('lost');
  }
  viewers(count: number): void {
    this.told.push(`viewers ${count}`);
  }
}
