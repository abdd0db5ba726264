/** OSC 52: lets a program fill the clipboard (vim, tmux), and never lets one read it. */
import type { IParser } from '@xterm/xterm';

/** A program may put this much there, in base64. */
const CLIPBOARD_CHARACTERS = 128 * 1024;

/** `offer` gets the text; whether it may reach the clipboard now is its to say. */
export function hearClipboard(parser: IParser, offer: (text: string) => void): void {
  parser.registerOscHandler(52, (data) => {
    const text = readOffer(data);
    if (text !== null) offer(text);
    return true;
  });
}

/** `c;aGVsbG8=` → `hello`. Null for a question (`c;?`) and for what is no base64. */
export function readOffer(data: string): string | null {
  const base64 = data.slice(data.indexOf(';') + 1);
  if (base64 === '' || base64.length > CLIPBOARD_CHARACTERS || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // No base64, or no text: nothing that a person would paste.
    return null;
  }
}
