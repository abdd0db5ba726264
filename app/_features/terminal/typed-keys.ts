/** What reaches the shell when the page types for the learner: a command by a click, or a key of the key bar. */

/** Modes that programs set on their terminal. */
export type TerminalModes = { bracketedPasteMode: boolean; applicationCursorKeysMode: boolean };

export type BarKey =
  'Escape' | 'Tab' | 'Enter' | 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | string;

const [ESC, END_OF_LINE, KILL_LINE] = ['\u001b', '\u0005', '\u0015'];

/**
 * A command to run at a prompt. What stood there half typed is cut first (Ctrl+E, Ctrl+U: Ctrl+Y brings it back), since
 * glued together the two would be a third command that nobody wanted.
 */
export function commandKeys(command: string, modes: TerminalModes): string {
  return `${END_OF_LINE}${KILL_LINE}${pasteKeys(command.trimEnd(), modes)}\r`;
}

/** Text as pasted: inside brackets a shell takes tabs and line ends as text instead of acting on each. */
export function pasteKeys(text: string, modes: TerminalModes): string {
  const lines = text.replace(/\r?\n/g, '\r');
  if (!modes.bracketedPasteMode) return lines;
  // Text that ends the brackets itself could run what follows.
  return `${ESC}[200~${lines.replaceAll(ESC, '')}${ESC}[201~`;
}

export function barKeys(key: BarKey, ctrl: boolean, modes: TerminalModes): string {
  const arrow = { ArrowUp: 'A', ArrowDown: 'B', ArrowRight: 'C', ArrowLeft: 'D' }[key];
  if (arrow && ctrl) return `${ESC}[1;5${arrow}`;
  if (arrow) return `${ESC}${modes.applicationCursorKeysMode ? 'O' : '['}${arrow}`;
  const named = { Escape: ESC, Tab: '\t', Enter: '\r' }[key];
  if (named) return named;
  return ctrl ? withCtrl(key) : key;
}

/** The control character of a letter or of `@[\]^_`; anything else stays itself. */
export function withCtrl(character: string): string {
  if (!/^[a-z@[\\\]^_]$/i.test(character)) return character;
  return String.fromCharCode(character.toUpperCase().charCodeAt(0) & 0x1f);
}

/** Lines that would run one by one when this text is pasted: none where the shell takes it as one piece. */
export function linesRunByPaste(text: string, modes: TerminalModes): number {
  if (modes.bracketedPasteMode) return 0;
  return text.split(/\r?\n/).length - 1;
}
