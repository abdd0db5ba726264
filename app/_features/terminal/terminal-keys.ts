/** Which keys are for the page and not for the shell: copy, paste, and the way out. */

export type KeyAction =
  /** Copies the selection. */
  | 'copy'
  /** The browser pastes by itself, which needs no permission: the shell must not get the key. */
  | 'paste'
  /** The page's own key: the shell must not get it. */
  | 'page'
  | 'shell';

export type Platform = 'mac' | 'windows' | 'linux';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

export function readPlatform(name: string): Platform {
  if (/mac|iphone|ipad/i.test(name)) return 'mac';
  return /win/i.test(name) ? 'windows' : 'linux';
}

/**
 * Ctrl+C with a selection copies, as in Windows' own terminal; without one it interrupts. On a Mac ⌘C and ⌘V are the
 * browser's, and Ctrl is always the shell's.
 */
export function actionOf(event: Key, state: { platform: Platform; hasSelection: boolean }): KeyAction {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const { ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta } = event;
  // The terminal traps Tab; these leave it.
  if (key === 'F6' || (key === 'Escape' && ctrl && shift)) return 'page';
  const isLetter = /^[a-z]$/.test(key);
  if (meta || alt || !ctrl) return key === 'Insert' && shift && !ctrl ? 'paste' : 'shell';
  if (key === 'Insert') return state.hasSelection ? 'copy' : 'shell';
  if (state.platform !== 'mac') {
    if (key === 'c' && (shift || state.hasSelection)) return 'copy';
    if (key === 'v' && (shift || state.platform === 'windows')) return 'paste';
  }
  // A shell cannot tell these from Ctrl and the letter: they are free for the page.
  return shift && isLetter ? 'page' : 'shell';
}
