/** Says in words why something did not work. */
import { ApiError } from '#app/_lib/api/api-error.ts';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';

export function failureWords(error: unknown, t: Dictionary): string {
  const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
  return `${words.title}. ${words.text}`;
}

export function useFailure(): (error: unknown) => void {
  const { t } = useI18n();
  const { show } = useVoice();
  return (error) => void show(failureWords(error, t), 'fail');
}
