/** Sets the editor up: only the features and languages that are used here, all from this server, in the page's own colours. */
import * as monaco from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/diffEditor/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/format/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/snippet/register.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/unicodeHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/languages/definitions/css/register.js';
import 'monaco-editor/languages/definitions/dockerfile/register.js';
import 'monaco-editor/languages/definitions/go/register.js';
import 'monaco-editor/languages/definitions/html/register.js';
import 'monaco-editor/languages/definitions/ini/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/markdown/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/shell/register.js';
import 'monaco-editor/languages/definitions/sql/register.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import { helpKindOf } from './help/kinds.ts';
import { nameOf } from './tree.ts';

export { monaco };

// Computes differences aside, so that typing does not wait for them.
globalThis.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' }),
};

const LANGUAGES: readonly [RegExp, string][] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.(sh|bash)$|^\.(bashrc|profile|bash_history)$/i, 'shell'],
  [/\.py$/i, 'python'],
  [/\.(js|mjs|cjs|json)$/i, 'javascript'],
  [/\.html?$/i, 'html'],
  [/\.css$/i, 'css'],
  [/\.md$/i, 'markdown'],
  [/\.go$/i, 'go'],
  [/\.sql$/i, 'sql'],
  [/\.(ini|cfg|conf|toml|env)$|^\.env/i, 'ini'],
];

export function languageOf(path: string): string {
  // A Dockerfile has no extension.
  if (helpKindOf(path) === 'dockerfile') return 'dockerfile';
  return LANGUAGES.find(([pattern]) => pattern.test(nameOf(path)))?.[1] ?? 'plaintext';
}

/** Colours are the page's tokens: there is one place where a colour is written. */
export function takeTheme(host: HTMLElement, theme: 'light' | 'dark'): void {
  const style = getComputedStyle(host);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const word = (name: string) => token(name).slice(1);
  const name = `drydock-${theme}`;
  monaco.editor.defineTheme(name, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: word('ink') },
      { token: 'comment', foreground: word('ink-3') },
      { token: 'keyword', foreground: word('ansi-blue') },
      { token: 'string', foreground: word('ansi-green') },
      { token: 'number', foreground: word('ansi-magenta') },
      { token: 'type', foreground: word('ansi-cyan') },
      { token: 'tag', foreground: word('ansi-blue') },
      { token: 'variable', foreground: word('ansi-yellow') },
    ],
    colors: {
      'editor.background': token('panel'),
      'editor.foreground': token('ink'),
      'editorLineNumber.foreground': token('ink-3'),
      'editorLineNumber.activeForeground': token('ink'),
      'editorCursor.foreground': token('accent'),
      'editor.selectionBackground': token('select'),
      'editor.inactiveSelectionBackground': token('select'),
      'editor.lineHighlightBackground': token('panel'),
      'editor.lineHighlightBorder': token('panel'),
      'editorWidget.background': token('paper'),
      'editorWidget.border': token('line'),
      'input.background': token('panel'),
      'input.border': token('line-ui'),
      focusBorder: token('accent'),
      'editorError.foreground': token('fail'),
      'editorWarning.foreground': token('near'),
      'editorInfo.foreground': token('ink-3'),
      'editorMarkerNavigation.background': token('paper'),
      'editorMarkerNavigationError.background': token('fail'),
      'editorMarkerNavigationWarning.background': token('near'),
      'editorMarkerNavigationInfo.background': token('line-ui'),
      'editorWidget.foreground': token('ink'),
      'editorHoverWidget.background': token('panel'),
      'editorHoverWidget.foreground': token('ink'),
      'editorHoverWidget.border': token('line-ui'),
      'editorSuggestWidget.background': token('panel'),
      'editorSuggestWidget.foreground': token('ink'),
      'editorSuggestWidget.border': token('line-ui'),
      'editorSuggestWidget.selectedBackground': token('accent-wash'),
      'editorSuggestWidget.selectedForeground': token('ink'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'list.hoverBackground': token('well'),
      'textCodeBlock.background': token('well'),
      'textLink.foreground': token('accent'),
      'scrollbarSlider.background': `${token('line-2')}80`,
    },
  });
  monaco.editor.setTheme(name);
}
