/** The words of the help: they come with it. */
import { enHelp, type HelpWords } from '#app/_lib/i18n/en-help.ts';
import { enTopics, type TopicWords } from '#app/_lib/i18n/en-topics.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhDockerfile, zhYaml } from '#app/_lib/i18n/zh-checkers.ts';
import { zhHelp } from '#app/_lib/i18n/zh-help.ts';
import { zhTopics } from '#app/_lib/i18n/zh-topics.ts';

export type Speech = {
  locale: Locale;
  words: HelpWords;
  topics: TopicWords;
  /** By code; null where what a library says itself is shown. */
  checkers: Record<string, string> | null;
};

const yaml = Object.fromEntries(Object.entries(zhYaml).map(([code, words]) => [`yaml.${code}`, words]));

const SPEECH: Record<Locale, Speech> = {
  en: { locale: 'en', words: enHelp, topics: enTopics, checkers: null },
  zh: { locale: 'zh', words: zhHelp, topics: zhTopics, checkers: { ...zhDockerfile, ...yaml } },
};

export const speechOf = (locale: Locale): Speech => SPEECH[locale];
