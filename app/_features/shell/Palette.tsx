/** Find or do anything: lessons, steps of this lesson, pages and actions, by a few letters. */
'use client';
import { Command as Cmdk } from 'cmdk';
import { useEffect, useState } from 'react';
import type { Me } from '#server/protocol/account.ts';
import type { Course } from '#server/protocol/lesson.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { otherLocale } from '#app/_lib/i18n/locale.ts';
import { chooseTheme } from '#app/_lib/theme.ts';
import { Dialog } from '#app/_ui/Dialog.tsx';
import type { Command } from './commands.ts';
import { switchLanguage } from './language.ts';

type PaletteProps = { me: Me | null; commands: Command[]; onClose: () => void; onKeys: () => void };
type Entry = { id: string; label: string; detail?: string; keys?: string; run: () => void };

export function Palette({ me, commands, onClose, onKeys }: PaletteProps) {
  const { t, locale } = useI18n();
  const [courses, setCourses] = useState<Course[] | null>(null);

  useEffect(() => {
    let here = true;
    api.courses(locale).then(
      (found) => here && setCourses(found),
      // Without the list the palette still does everything else.
      () => here && setCourses([]),
    );
    return () => {
      here = false;
    };
  }, [locale]);

  const go = (path: string) => () => location.assign(`/${locale}${path}`);
  const own = (group: Command['group']): Entry[] => commands.filter((command) => command.group === group);
  const groups: [string, Entry[]][] = [
    [t.palette.steps, own('steps')],
    [
      t.palette.actions,
      [
        ...own('actions'),
        { id: 'theme-light', label: t.palette.themeLight, run: () => chooseTheme('light') },
        { id: 'theme-dark', label: t.palette.themeDark, run: () => chooseTheme('dark') },
        { id: 'theme-system', label: t.palette.themeSystem, run: () => chooseTheme('system') },
        { id: 'language', label: t.palette.language, run: () => switchLanguage(otherLocale(locale)) },
        { id: 'keys', label: t.palette.keys, keys: '?', run: onKeys },
      ],
    ],
    [
      t.palette.lessons,
      (courses ?? []).flatMap((course) =>
        course.lessons.map((lesson) => ({
          id: `${lesson.key.course}/${lesson.key.lesson}`,
          label: lesson.title,
          detail: course.title,
          run: go(`/learn/${lesson.key.course}/${lesson.key.lesson}`),
        })),
      ),
    ],
    [
      t.palette.pages,
      [
        { id: 'courses', label: t.nav.courses, run: go('') },
        { id: 'progress', label: t.nav.progress, run: go('/progress') },
        { id: 'classes', label: t.nav.classes, run: go('/classes') },
        { id: 'join', label: t.nav.join, run: go('/join') },
        { id: 'playground', label: t.nav.playground, run: go('/playground') },
        { id: 'privacy', label: t.nav.privacy, run: go('/privacy') },
        ...(me?.user && me.user.role !== 'guest'
          ? []
          : [{ id: 'sign-in', label: t.top.signIn, run: go('/sign-in') }]),
      ],
    ],
  ];

  const choose = (entry: Entry) => () => {
    onClose();
    entry.run();
  };

  return (
    <Dialog title={t.palette.title} onClose={onClose} bare>
      <Cmdk label={t.palette.title} className="flex min-h-0 flex-col" loop>
        <Cmdk.Input autoFocus placeholder={t.palette.placeholder} className="palette-input" />
        <Cmdk.List className="min-h-0 flex-1 overflow-auto p-2">
          <Cmdk.Empty className="px-3 py-6 text-center text-ink-3">
            {courses ? t.palette.nothing : t.palette.loading}
          </Cmdk.Empty>
          {groups.map(
            ([title, entries]) =>
              entries.length > 0 && (
                <Cmdk.Group key={title} heading={title} className="palette-group">
                  {entries.map((entry) => (
                    <Cmdk.Item
                      key={entry.id}
                      value={`${entry.label} ${entry.detail ?? ''} ${entry.id}`}
                      onSelect={choose(entry)}
                      className="palette-item"
                    >
                      <span className="truncate">{entry.label}</span>
                      {entry.detail && <span className="truncate text-ink-3">{entry.detail}</span>}
                      {entry.keys && <kbd className="ml-auto text-mono-xs text-ink-3">{entry.keys}</kbd>}
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              ),
          )}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}
