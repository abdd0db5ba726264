/** The keys that raise and lower a hand; heard before the terminal hears them, and nothing of a shell's own. */
export const handKeys = (isMac: boolean) => (isMac ? '⌥⇧H' : 'Alt+Shift+H');

/** By the place of the key: with Alt a Mac's keyboard makes other letters of it. */
export function isHandKey(event: KeyboardEvent): boolean {
  return event.code === 'KeyH' && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
}
