/** One terminal on the page from its opening to its end: emulator, line, keys, clipboard and size, joined. */
import type { ISearchOptions } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { copyText, readClipboard } from './clipboard.ts';
import { TerminalClient, type TerminalStatus } from './terminal-client.ts';
import { actionOf, readPlatform } from './terminal-keys.ts';
import type { Search } from './terminal-search.ts';
import { barKeys, commandKeys, linesRunByPaste, withCtrl, type BarKey } from './typed-keys.ts';
import { XtermScreen, type ScreenOptions, type ScreenStyle } from './xterm-screen.ts';

export type SessionOptions = ScreenOptions & {
  host: HTMLElement;
  url: string;
  events: {
    status(status: TerminalStatus): void;
    title(title: string): void;
    viewers(count: number): void;
    readOnly(isReadOnly: boolean): void;
    /** The key bar's Ctrl was used up by a key. */
    ctrlUsed(): void;
    /** Matches of the search; `index` is -1 when there are too many to number. */
    found(result: { index: number; count: number }): void;
  };
  /** Asked before lines are pasted that would run one by one. */
  confirmPaste(lines: number): Promise<boolean>;
};

export class TerminalSession {
  readonly #options: SessionOptions;
  readonly #screen: XtermScreen;
  readonly #client: TerminalClient;
  readonly #ended = new AbortController();
  #status: TerminalStatus = { at: 'connecting' };
  #search: Promise<Search> | null = null;
  #holdsCtrl = false;
  #frame = 0;

  /** Loads the emulator, then connects. */
  static async open(options: SessionOptions): Promise<TerminalSession> {
    return new TerminalSession(options, await XtermScreen.open(options.host, options));
  }

  private constructor(options: SessionOptions, screen: XtermScreen) {
    this.#options = options;
    this.#screen = screen;
    const first = screen.fit();
    if (first) this.term.resize(first.cols, first.rows);
    this.#client = new TerminalClient({
      url: () => options.url,
      screen,
      fit: () => screen.fit() ?? { cols: this.term.cols, rows: this.term.rows },
      events: {
        ...options.events,
        status: (status) => this.#setStatus(status),
        readOnly: (isReadOnly) => this.#setReadOnly(isReadOnly),
      },
    });
    this.#listen();
  }

  get term(): Terminal {
    return this.#screen.term;
  }

  focus(): void {
    this.term.focus();
  }

  /** Types a command at the prompt and runs it. False while a program runs or the shell cannot be reached. */
  run(command: string): boolean {
    if (this.#status.at !== 'live' || this.#screen.isReadOnly || !this.#screen.isAtPrompt) return false;
    this.term.scrollToBottom();
    return this.#client.type(commandKeys(command, this.term.modes));
  }

  /** A command that cannot be run yet can be soon: the line or the shell is on its way. */
  get isComing(): boolean {
    const { at } = this.#status;
    if (at === 'live') return this.#screen.isAtPrompt === null;
    return at !== 'exited' && at !== 'refused';
  }

  /** Types text as it is. */
  type(text: string): void {
    this.term.input(text);
  }

  press(key: BarKey): void {
    this.term.input(barKeys(key, this.#takeCtrl(), this.term.modes));
  }

  /** The next key is pressed with Ctrl. */
  holdCtrl(isHeld: boolean): void {
    this.#holdsCtrl = isHeld;
  }

  /** False where nothing is selected or the browser refused. */
  async copy(): Promise<boolean> {
    const text = this.term.getSelection();
    return text !== '' && copyText(text);
  }

  /** False where the browser keeps the clipboard to itself. */
  async paste(): Promise<boolean> {
    const text = await readClipboard();
    if (text === null) return false;
    await this.#pasteText(text);
    return true;
  }

  selectAll(): void {
    this.term.selectAll();
  }

  /** Empties what is above the prompt's line; the shell knows nothing of it. */
  clear(): void {
    this.term.clear();
  }

  /** Finds and shows the next or previous match; an empty text ends the search. */
  async find(text: string, direction: 'next' | 'previous', options: ISearchOptions = {}): Promise<boolean> {
    // Most terminals are never searched.
    this.#search ??= import('./terminal-search.ts').then(({ searchIn }) =>
      searchIn(this.term, this.#options.events.found),
    );
    return (await this.#search)(text, direction, options);
  }

  retryNow(): void {
    this.#client.retryNow();
  }

  reopen(): void {
    this.#client.reopen();
  }

  restyle(style: ScreenStyle): void {
    this.#screen.restyle(style);
    this.#refit();
  }

  close(): void {
    this.#ended.abort();
    cancelAnimationFrame(this.#frame);
    this.#client.close();
    this.#screen.dispose();
  }

  #listen(): void {
    const { host } = this.#options;
    const { signal } = this.#ended;
    this.term.onData((text) => this.#typed(text));
    this.term.onBinary((latin1) => this.#client.typeBytes(latin1));
    const platform = readPlatform(navigator.platform);
    this.term.attachCustomKeyEventHandler((event) => {
      const action = actionOf(event, { platform, hasSelection: this.term.hasSelection() });
      if (action === 'copy' && event.type === 'keydown') {
        // Ctrl+Shift+C would open the browser's inspector.
        event.preventDefault();
        void this.copy().then((copied) => copied && this.term.clearSelection());
      }
      return action === 'shell';
    });
    // Before xterm's own listener, which would paste without asking.
    const capture = { capture: true, signal };
    host.addEventListener('paste', (event) => this.#pasted(event), capture);
    const observer = new ResizeObserver(() => this.#refitSoon());
    observer.observe(host);
    signal.addEventListener('abort', () => observer.disconnect());
    void document.fonts.ready.then(() => this.#refitSoon());
  }

  #typed(text: string): void {
    if (this.#status.at === 'exited') {
      if (text === '\r') this.reopen();
      return;
    }
    this.#client.type(text.length === 1 && this.#takeCtrl() ? withCtrl(text) : text);
  }

  #takeCtrl(): boolean {
    if (!this.#holdsCtrl) return false;
    this.#holdsCtrl = false;
    this.#options.events.ctrlUsed();
    return true;
  }

  #pasted(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    void this.#pasteText(event.clipboardData?.getData('text/plain') ?? '');
  }

  async #pasteText(text: string): Promise<void> {
    const lines = linesRunByPaste(text, this.term.modes);
    if (lines > 0 && !(await this.#options.confirmPaste(lines))) return;
    this.term.paste(text);
    this.focus();
  }

  #setStatus(status: TerminalStatus): void {
    this.#status = status;
    this.#options.events.status(status);
  }

  #setReadOnly(isReadOnly: boolean): void {
    this.#screen.isReadOnly = isReadOnly;
    this.term.options.disableStdin = isReadOnly;
    this.#options.events.readOnly(isReadOnly);
  }

  /** Once per frame: a pane that is dragged changes many times in one. */
  #refitSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#refit());
  }

  /** The shell is asked first and the screen follows its answer; with the line down nothing would answer. */
  #refit(): void {
    const size = this.#screen.fit();
    if (!size || (size.cols === this.term.cols && size.rows === this.term.rows)) return;
    if (this.#status.at === 'live') this.#client.resize(size.cols, size.rows);
    else this.#screen.resize(size.cols, size.rows);
  }
}
