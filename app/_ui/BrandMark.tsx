/** The mark: a dry dock in section, stepped walls above the ground. */
export function BrandMark({ className = 'size-5' }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      className={className}
      aria-hidden="true"
    >
      <path d="M1 3h3v5h3v5h3" />
      <path d="M19 3h-3v5h-3v5h-3" />
      <path d="M1 18h18" />
    </svg>
  );
}
