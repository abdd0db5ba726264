/** The list of all keys. */
'use client';
import { handKeys } from '#app/_lib/hand-keys.ts';
import { enFiles } from '#app/_lib/i18n/en-files.ts';
import { enInClass } from '#app/_lib/i18n/en-in-class.ts';
import { enWallKeys } from '#app/_lib/i18n/en-wall-keys.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { zhFiles } from '#app/_lib/i18n/zh-files.ts';
import { zhInClass } from '#app/_lib/i18n/zh-in-class.ts';
import { zhWallKeys } from '#app/_lib/i18n/zh-wall-keys.ts';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { Kbd } from '#app/_ui/Kbd.tsx';
import { paletteKeys, useIsMac } from './keyboard.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t, locale } = useI18n();
  // With this list, not with every page.
  const editor = (locale === 'zh' ? zhFiles : enFiles).keys;
  const inClass = (locale === 'zh' ? zhInClass : enInClass).keys;
  const wall = locale === 'zh' ? zhWallKeys : enWallKeys;
  const isMac = useIsMac();
  const groups: [string, [string, string[]][]][] = [
    [
      t.keys.everywhere,
      [
        [t.keys.palette, [paletteKeys(isMac)]],
        [t.keys.help, ['?']],
        [t.keys.close, ['Esc']],
      ],
    ],
    [
      t.keys.inLesson,
      [
        [t.keys.panes, ['F6']],
        [t.keys.nextStep, [']']],
        [t.keys.previousStep, ['[']],
      ],
    ],
    [inClass.title, [[inClass.hand, [handKeys(isMac)]]]],
    [
      t.keys.inTerminal,
      [
        [t.keys.copy, isMac ? ['⌘C'] : ['Ctrl+Shift+C']],
        [t.keys.paste, isMac ? ['⌘V'] : ['Ctrl+Shift+V', 'Ctrl+V']],
        [t.keys.search, isMac ? ['⌘F'] : ['Ctrl+Shift+F']],
        [t.keys.interrupt, ['Ctrl+C']],
        [t.keys.leave, ['F6', 'Ctrl+Shift+Esc']],
      ],
    ],
    [
      t.keys.inTabs,
      [
        [t.keys.renameTab, ['F2']],
        [t.keys.moveTab, ['Shift+←', 'Shift+→']],
        [t.keys.closeTab, ['Delete']],
      ],
    ],
    [
      editor.title,
      [
        [editor.save, isMac ? ['⌘S'] : ['Ctrl+S']],
        [editor.offer, ['Ctrl+Space']],
        [editor.takes, isMac ? ['⇧⌘Space'] : ['Ctrl+Shift+Space']],
        [editor.next, ['F8']],
        [editor.list, isMac ? ['⇧⌘M'] : ['Ctrl+Shift+M']],
        [editor.format, isMac ? ['⇧⌥F'] : ['Shift+Alt+F']],
        [editor.tab, isMac ? ['⌃⇧M'] : ['Ctrl+M']],
      ],
    ],
    [
      wall.title,
      [
        [wall.walk, ['←', '→', '↑', '↓']],
        [wall.open, ['Enter']],
        [wall.answer, ['A']],
        [wall.find, ['/']],
        [wall.sort, ['R']],
      ],
    ],
  ];
  return (
    <Dialog title={t.keys.title} onClose={onClose}>
      <div className="overflow-auto px-6 pb-6" tabIndex={0} role="group" aria-label={t.keys.title}>
        {groups.map(([title, rows]) => (
          <section key={title} className="mt-3 border-t border-ink pt-2">
            <h3 className="text-md font-strong">{title}</h3>
            <dl>
              {rows.map(([what, keys]) => (
                <div
                  key={what}
                  className="flex min-h-8 items-center justify-between gap-4 border-t border-line first:border-0"
                >
                  <dt className="text-ink-2">{what}</dt>
                  <dd className="flex gap-2">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
