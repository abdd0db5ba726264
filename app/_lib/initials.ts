/** What stands in the round badge of somebody who has an account. */

/** Two letters for a round badge: `Lin Tao` → `LT`, `林涛` → `林`. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(parts[0] ?? '?')][0]!;
  if (/\p{Script=Han}/u.test(first)) return first;
  const last = parts.length > 1 ? [...parts.at(-1)!][0]! : '';
  return (first + last).toUpperCase();
}
