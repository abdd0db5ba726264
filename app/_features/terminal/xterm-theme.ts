/** The terminal's colours, read from the page's tokens so that there is one place where a colour is written. */
import type { ITheme } from '@xterm/xterm';

export type PageTheme = 'light' | 'dark';

export function readTheme(host: HTMLElement, theme: PageTheme): ITheme {
  const style = getComputedStyle(host);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const isDark = theme === 'dark';
  const color = {
    red: token('ansi-red'),
    green: token('ansi-green'),
    yellow: token('ansi-yellow'),
    blue: token('ansi-blue'),
    magenta: token('ansi-magenta'),
    cyan: token('ansi-cyan'),
  };
  return {
    background: token('panel'),
    foreground: token('ink'),
    cursor: token('accent'),
    cursorAccent: token('panel'),
    selectionBackground: token('select'),
    selectionInactiveBackground: token('select'),
    scrollbarSliderBackground: token('line'),
    scrollbarSliderHoverBackground: token('line-2'),
    scrollbarSliderActiveBackground: token('line-ui'),
    ...color,
    brightRed: color.red,
    brightGreen: color.green,
    brightYellow: color.yellow,
    brightBlue: color.blue,
    brightMagenta: color.magenta,
    brightCyan: color.cyan,
    // Black is the darkest and white the lightest on either paper: programs use both as backgrounds.
    black: isDark ? token('well') : token('ink'),
    brightBlack: token('ansi-dim'),
    white: isDark ? token('ink-2') : token('line-2'),
    brightWhite: isDark ? token('ink') : token('well'),
  };
}

export function readFontFamily(host: HTMLElement): string {
  return getComputedStyle(host).fontFamily || 'monospace';
}
