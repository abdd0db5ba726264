/** The words about changing machines and terminals: they come with the first such change, not with every page. */
import { ApiError } from '#app/_lib/api/api-error.ts';
import { enMachines, type MachineWords } from '#app/_lib/i18n/en-machines.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhMachines } from '#app/_lib/i18n/zh-machines.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';

const WORDS: Record<Locale, MachineWords> = { en: enMachines, zh: zhMachines };

export function useMachineWords(): MachineWords {
  return WORDS[useI18n().locale];
}

/** Says in words why something did not work. */
export function useFailure(): (error: unknown) => void {
  const { t } = useI18n();
  const { show } = useVoice();
  return (error) => {
    const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
    show(`${words.title}. ${words.text}`, 'fail');
  };
}
