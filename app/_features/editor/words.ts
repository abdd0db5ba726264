/** The words of the files: they come with the editor, not with every page. */
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { enFiles, type FilesWords } from '#app/_lib/i18n/en-files.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhFiles } from '#app/_lib/i18n/zh-files.ts';

const WORDS: Record<Locale, FilesWords> = { en: enFiles, zh: zhFiles };

export function useFilesWords(): FilesWords {
  return WORDS[useI18n().locale];
}
