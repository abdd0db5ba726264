/** How every text input looks. */
export const INPUT =
  'h-10 w-full min-w-0 rounded-touch border border-line-ui bg-panel px-3 text-md text-ink placeholder:text-ink-3 aria-invalid:border-fail focus-visible:outline-offset-0';
