/** The emulator: xterm.js with what a terminal of ours needs, drawing in the order in which it is told. */
import { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import { copyText } from './clipboard.ts';
import type { TerminalScreen } from './terminal-client.ts';
import { hearClipboard } from './xterm-clipboard.ts';
import { muteQueries } from './xterm-queries.ts';
import { drawByGraphicsCard } from './xterm-renderer.ts';
import { readFontFamily, readTheme, type PageTheme } from './xterm-theme.ts';

/** Lines kept above the screen; the server keeps 2 MiB, which is about as much. */
const SCROLLBACK_LINES = 10_000;
/** The wire's bounds. */
const [COLS, ROWS] = [
  { least: 2, most: 500 },
  { least: 1, most: 300 },
];
/** Below this the host is hidden or being laid out: its size means nothing. */
const LEAST_WIDTH_PX = 40;
/** A font that does not come must not keep the shell from the learner. */
const FONT_MS = 1500;
/** From then on a graphics card pays. It is not loaded before: it weighs a third of what the emulator does. */
const HEAVY_BYTES = 64 * 1024;

export type ScreenStyle = { theme: PageTheme; fontSize: number; screenReader: boolean };
export type ScreenOptions = ScreenStyle & { label: string };

export class XtermScreen implements TerminalScreen {
  readonly term: Terminal;
  readonly #host: HTMLElement;
  readonly #fit: FitAddon;
  /** As the shell's marks tell; null before the first: the shell is only starting. */
  isAtPrompt: boolean | null = null;
  isReadOnly = false;
  /** What is being drawn now is old. */
  #isReplay = false;
  #queuedReplay = false;
  #hasGraphemes = false;
  #hasCard = false;
  #written = 0;
  readonly #ended = new AbortController();
  /** What waits for the code that measures characters; null while nothing does. */
  #waiting: (() => void)[] | null = null;

  /** Loads the emulator and its font, and draws an empty screen into `host`. */
  static async open(host: HTMLElement, options: ScreenOptions): Promise<XtermScreen> {
    const [{ Terminal }] = await Promise.all([import('@xterm/xterm'), loadFonts(host, options.fontSize)]);
    const term = new Terminal({
      // The parser and the unicode versions are proposed API.
      allowProposedApi: true,
      cursorBlink: false,
      drawBoldTextInBrightColors: false,
      fontFamily: readFontFamily(host),
      fontSize: options.fontSize,
      fontWeightBold: 600,
      lineHeight: 1.15,
      linkHandler: { activate: (_, url) => openLink(url) },
      minimumContrastRatio: 4.5,
      rescaleOverlappingGlyphs: true,
      screenReaderMode: options.screenReader,
      scrollback: SCROLLBACK_LINES,
      theme: readTheme(host, options.theme),
    });
    const fit = new FitAddon();
    const screen = new XtermScreen(host, term, fit);
    term.loadAddon(fit);
    term.open(host);
    // Only a pointer can follow what is written as a link.
    host.addEventListener('pointerenter', () => void screen.#loadLinks(), {
      once: true,
      signal: screen.#ended.signal,
    });
    term.textarea?.setAttribute('aria-label', options.label);
    return screen;
  }

  private constructor(host: HTMLElement, term: Terminal, fit: FitAddon) {
    this.#host = host;
    this.term = term;
    this.#fit = fit;
    muteQueries(term.parser, () => this.#isReplay || this.isReadOnly);
    hearClipboard(term.parser, (text) => this.#offerClipboard(text));
    term.parser.registerOscHandler(133, (mark) => {
      if (/^[ABD]/.test(mark)) this.isAtPrompt = true;
      else if (mark.startsWith('C')) this.isAtPrompt = false;
      return false;
    });
  }

  /** The size that fills the host; null while it is hidden. */
  fit(): { cols: number; rows: number } | null {
    if (this.#host.clientWidth < LEAST_WIDTH_PX) return null;
    const size = this.#fit.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return null;
    return { cols: clamp(size.cols, COLS), rows: clamp(size.rows, ROWS) };
  }

  write(bytes: Uint8Array, isReplay: boolean, drawn: () => void): void {
    if (!this.#hasGraphemes && bytes.some((byte) => byte >= 0x80)) this.#loadGraphemes();
    this.#written += bytes.length;
    if (!this.#hasCard && (this.#written > HEAVY_BYTES || drawsLines(bytes))) {
      this.#hasCard = true;
      void drawByGraphicsCard(this.term, this.#ended.signal);
    }
    this.#inOrder(() => {
      if (isReplay !== this.#queuedReplay) {
        this.#queuedReplay = isReplay;
        this.term.write('', () => (this.#isReplay = isReplay));
      }
      this.term.write(bytes, drawn);
    });
  }

  /** RIS: the screen, what is above it, and all modes. */
  clear(): void {
    this.#inOrder(() => this.term.write('\u001bc', () => (this.isAtPrompt = true)));
  }

  resize(cols: number, rows: number): void {
    this.#inOrder(() => this.term.write('', () => this.term.resize(cols, rows)));
  }

  /** Call when the page's tokens have changed, too. */
  restyle({ theme, fontSize, screenReader }: ScreenStyle): void {
    this.term.options.fontSize = fontSize;
    this.term.options.screenReaderMode = screenReader;
    this.term.options.theme = readTheme(this.#host, theme);
  }

  dispose(): void {
    this.#ended.abort();
    this.term.dispose();
  }

  #inOrder(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  /** Widths of Chinese and emoji must be right from the first such character on. */
  #loadGraphemes(): void {
    this.#hasGraphemes = true;
    this.#waiting = [];
    const flush = () => {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      for (const act of waiting) act();
    };
    import('@xterm/addon-unicode-graphemes')
      .then(({ UnicodeGraphemesAddon }) => this.term.loadAddon(new UnicodeGraphemesAddon()))
      // Without it widths are those of Unicode 6: worse, but a terminal.
      .then(flush, flush);
  }

  /** Without it an address is text: it can still be copied. */
  async #loadLinks(): Promise<void> {
    const addon = await import('@xterm/addon-web-links').catch(() => null);
    if (addon && !this.#ended.signal.aborted)
      this.term.loadAddon(new addon.WebLinksAddon((_, url) => openLink(url)));
  }

  /** Not from a replay, nor in a terminal that is only watched, nor behind the learner's back. */
  #offerClipboard(text: string): void {
    const isLookedAt = this.#host.contains(document.activeElement);
    if (this.#isReplay || this.isReadOnly || !isLookedAt) return;
    void copyText(text);
  }
}

/** Box drawing and blocks (U+2500 to U+259F) join between lines only when the card draws them. */
function drawsLines(bytes: Uint8Array): boolean {
  return bytes.some(
    (byte, at) => byte === 0xe2 && (bytes[at + 1] ?? 0) >= 0x94 && (bytes[at + 1] ?? 0) <= 0x96,
  );
}

function clamp(value: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, Math.floor(value)));
}

/** What a program calls a link may be anything; only the web's own are followed. */
function openLink(url: string): void {
  if (/^https?:\/\//i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

/** The emulator measures the font once: it must be there first. */
async function loadFonts(host: HTMLElement, fontSize: number): Promise<void> {
  const family = readFontFamily(host);
  const fonts = [400, 600].map((weight) => document.fonts.load(`${weight} ${fontSize}px ${family}`));
  await Promise.race([
    Promise.allSettled(fonts),
    new Promise((resolve) => {
      setTimeout(resolve, FONT_MS);
    }),
  ]);
}
