/** The words of classes: they come with these pages, not with every one. */
import { enClasses, type ClassWords } from '#app/_lib/i18n/en-classes.ts';
import { enJoin, type JoinWords } from '#app/_lib/i18n/en-join.ts';
import { enMeeting, type MeetingWords } from '#app/_lib/i18n/en-meeting.ts';
import { enRoster, type RosterWords } from '#app/_lib/i18n/en-roster.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhClasses } from '#app/_lib/i18n/zh-classes.ts';
import { zhJoin } from '#app/_lib/i18n/zh-join.ts';
import { zhMeeting } from '#app/_lib/i18n/zh-meeting.ts';
import { zhRoster } from '#app/_lib/i18n/zh-roster.ts';

const CLASSES: Record<Locale, ClassWords> = { en: enClasses, zh: zhClasses };
const ROSTER: Record<Locale, RosterWords> = { en: enRoster, zh: zhRoster };
const JOIN: Record<Locale, JoinWords> = { en: enJoin, zh: zhJoin };
const MEETING: Record<Locale, MeetingWords> = { en: enMeeting, zh: zhMeeting };

export const classWords = (locale: Locale): ClassWords => CLASSES[locale];
export const rosterWords = (locale: Locale): RosterWords => ROSTER[locale];
export const joinWords = (locale: Locale): JoinWords => JOIN[locale];
export const meetingWords = (locale: Locale): MeetingWords => MEETING[locale];
