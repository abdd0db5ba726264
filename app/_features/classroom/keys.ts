/** Whether a key is a command of the page right now: not while it is text, nor while something lies over the page. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const fields = 'input, textarea, select, [contenteditable], [role=menu]';
  if (event.target instanceof Element && event.target.closest(fields)) return false;
  return document.querySelector('dialog[open]') === null;
}
