/** A join code as people type it: any case, any gaps; pure. The server's check is the one that counts. */

const CODE = /^[2-9A-HJKMNP-Z]{8}$/;

/** `K7QM-4XPA`, or null where it cannot be a code. */
export function readCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s\-‐-―_.]/g, '');
  return CODE.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}

export type CodeTrouble = 'unknown' | 'expired' | 'used_up' | 'removed' | 'too_fast';

/** Which of the pages a refused code leads to; null for what is no fault of the code. */
export function troubleOf(code: string): CodeTrouble | null {
  if (['join_code_unknown', 'not_found', 'bad_request'].includes(code)) return 'unknown';
  if (code === 'join_code_expired') return 'expired';
  if (code === 'join_code_used_up' || code === 'too_many_learners') return 'used_up';
  if (code === 'not_allowed') return 'removed';
  return code === 'too_many_requests' ? 'too_fast' : null;
}
