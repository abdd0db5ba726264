/** The words of a class's live pages: they come with these pages, not with every page. */
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { enWall, type WallWords } from '#app/_lib/i18n/en-wall.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhWall } from '#app/_lib/i18n/zh-wall.ts';

export const WALL_WORDS: Record<Locale, WallWords> = { en: enWall, zh: zhWall };

export type Words = { locale: Locale; t: Dictionary; w: WallWords };

export function useWallWords(): Words {
  const { locale, t } = useI18n();
  return { locale, t, w: WALL_WORDS[locale] };
}
