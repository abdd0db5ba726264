/** The bounds of a join code as they are typed, and what is wrong with them; pure. */
import type { ClassWords } from '#app/_lib/i18n/en-classes.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { JoinTerms } from '#server/protocol/classes.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { fromField } from './moments.ts';

export type TypedTerms = { until: string; cap: string };
export type TermErrors = { until?: string; cap?: string };

/** Both may be empty: then that bound is not set. */
export function readTerms(
  typed: TypedTerms,
  t: ClassWords,
  now = new Date(),
): { terms: JoinTerms } | { errors: TermErrors } {
  const most = CLASS_LIMITS.learners;
  const expiresAt = fromField(typed.until);
  const cap = typed.cap.trim();
  const maxUses = cap === '' ? null : Number(/^\d+$/.test(cap) ? cap : Number.NaN);
  const errors: TermErrors = {};
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) errors.until = t.expiresPast;
  if (maxUses !== null && !(maxUses >= 1 && maxUses <= most)) errors.cap = fill(t.capWrong, { most });
  return errors.until || errors.cap ? { errors } : { terms: { expiresAt, maxUses } };
}
