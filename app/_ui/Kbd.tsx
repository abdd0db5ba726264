/** Keys as they stand on the board. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-touch border border-line-2 bg-panel px-1.5 py-0.5 text-mono-xs text-ink-2">
      {children}
    </kbd>
  );
}
