/** The learner's other sandboxes of this lesson, each with the way to it. */
'use client';
import { useEffect, useState } from 'react';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { formatBytes } from '#app/_lib/sizes.ts';
import { Button } from '#app/_ui/Button.tsx';
import { historyApi } from './history-api.ts';
import { whenWas } from './moment.ts';
import type { Past } from './part.ts';
import { useHistoryWords } from './words.ts';

export function OtherTries({ past }: { past: Past }) {
  const t = useHistoryWords();
  const { locale } = useI18n();
  const { sandbox, lesson, enter, onClose, now } = past;
  const [others, setOthers] = useState<SandboxView[]>([]);
  const here = lessonOf({ lesson });

  useEffect(() => {
    let isHere = true;
    historyApi.sandboxes().then(
      (all) => isHere && setOthers(all.filter((one) => one.id !== sandbox.id && lessonOf(one) === here)),
      // Without them the panel still does everything else; the progress page lists them too.
      () => {},
    );
    return () => {
      isHere = false;
    };
  }, [sandbox.id, here]);

  if (others.length === 0) return null;
  return (
    <section className="border-t border-ink pt-2">
      <h3 className="text-md font-strong">{lesson ? t.tries : t.triesPlayground}</h3>
      <ul>
        {others.map((other) => {
          const bytes = other.machines.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
          const when = whenWas(other.createdAt, now, { t, locale });
          const text = fill(t.tryOpened, { when, size: formatBytes(bytes) });
          return (
            <li key={other.id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1 text-sm text-ink-2">{text}</span>
              <Button
                kind="text"
                aria-label={fill(t.goThereTo, { name: text })}
                onClick={() => {
                  onClose();
                  enter(other);
                }}
              >
                {t.goThere}
              </Button>
            </li>
          );
        })}
      </ul>
      <a href={`/${locale}/progress`} className="text-sm">
        {t.closeTries}
      </a>
    </section>
  );
}

/** The same for all playgrounds. */
function lessonOf({ lesson }: Pick<SandboxView, 'lesson'>): string {
  return lesson ? `${lesson.course}/${lesson.lesson}` : '';
}
