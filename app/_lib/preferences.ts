/** What a browser remembers of its reader, in cookies so that the server draws the page right the first time. */
export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];
/** What is on the screen: `system` decided. */
export type ShownTheme = 'light' | 'dark';

export const THEME_COOKIE = 'drydock-theme';
export const LAYOUT_COOKIE = 'drydock-layout';
const YEAR_SECONDS = 365 * 24 * 3600;

export type Layout = {
  /** Width of the reading column in px. */
  read: number;
  /** Share of the left terminal in percent while two are shown. */
  split: number;
  /** Size of the terminal's text in px. */
  font: number;
  /** Output is read aloud. */
  aloud: boolean;
};

export const DEFAULT_LAYOUT: Layout = { read: 464, split: 50, font: 13, aloud: false };
export const FONT_MIN = 10;
export const FONT_MAX = 24;

export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Reads `read=464&split=50&font=13`; whatever is not a number in range falls back. */
export function parseLayout(value: string | undefined): Layout {
  const fields = new URLSearchParams(value ?? '');
  const number = (name: 'read' | 'split' | 'font', least: number, most: number) => {
    const given = Number(fields.get(name) ?? Number.NaN);
    return given >= least && given <= most ? given : DEFAULT_LAYOUT[name];
  };
  return {
    read: number('read', 240, 1600),
    split: number('split', 10, 90),
    font: number('font', FONT_MIN, FONT_MAX),
    aloud: fields.get('aloud') === '1',
  };
}

export function writeLayout(layout: Layout): string {
  const { read, split, font, aloud } = layout;
  return `read=${Math.round(read)}&split=${Math.round(split)}&font=${font}&aloud=${aloud ? 1 : 0}`;
}

/** Browser only. */
export function remember(cookie: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // The Cookie Store API is not in every browser; the value holds no `;`.
  document.cookie = `${cookie}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}

/** Runs before the first paint, so that a reader of the dark never sees a light flash. */
export const THEME_SCRIPT = `(()=>{const d=document.documentElement,m=matchMedia('(prefers-color-scheme: dark)'),f=()=>{if(d.dataset.themeChoice==='system')d.dataset.theme=m.matches?'dark':'light'};f();m.addEventListener('change',f)})()`;
