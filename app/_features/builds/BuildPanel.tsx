/** The last builds, each line by line: over the terminals, for as long as somebody reads it. */
'use client';
import { History, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Build } from '#server/protocol/builds.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { LANGUAGE_TAG } from '#app/_lib/i18n/locale.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { Menu } from '#app/_ui/Menu.tsx';
import { sayTime } from './say.ts';
import { StepTable } from './StepTable.tsx';
import { type Hears, useBuilds } from './use-builds.ts';
import { type Say, useBuildsWords } from './words.ts';

type PanelProps = { sandbox: string; hears: Hears; onClose: () => void };

export function BuildPanel({ sandbox, hears, onClose }: PanelProps) {
  const { t } = useI18n();
  const say = useBuildsWords();
  const { words } = say;
  const { builds, error, ask } = useBuilds(sandbox, hears);
  const [chosen, setChosen] = useState<string | null>(null);
  const build = builds?.find(({ id }) => id === chosen) ?? builds?.[0];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      aria-label={words.label}
      className="absolute inset-x-0 top-0 z-(--z-split) flex max-h-3/4 flex-col border-b border-line bg-panel shadow-float max-wide:max-h-full"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="flex flex-none items-center gap-2 border-b border-line py-1 pr-2 pl-4">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate font-normal outline-none">
          <span className="font-strong">{words.title}</span>
          {build && <span className="text-ink-2"> {titleOf(build, say)}</span>}
        </h2>
        {builds && builds.length > 1 && (
          <Menu
            label={words.others}
            items={builds.map((one) => ({
              kind: 'choice',
              label: titleOf(one, say),
              chosen: one === build,
              onSelect: () => setChosen(one === builds[0] ? null : one.id),
            }))}
          >
            <History />
          </Menu>
        )}
        <IconButton label={t.ui.close} onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {error && (
        <div role="alert" className="line-notice animate-none! flex-wrap">
          <span className="flex-1">{fill(words.lost, { reason: t.errors[error.code].title })}</span>
          <Button onClick={ask}>{words.again}</Button>
        </div>
      )}
      {build ? (
        <Steps build={build} say={say} />
      ) : (
        !error && <p className="px-4 py-3 text-ink-2">{builds ? words.none : words.loading}</p>
      )}
    </section>
  );
}

function Steps({ build, say }: { build: Build; say: Say }) {
  const { words } = say;
  return (
    // A stop for the keyboard: what is long is scrolled.
    <div
      className="@container min-h-0 overflow-auto"
      tabIndex={0}
      role="region"
      aria-label={titleOf(build, say)}
    >
      <p className="px-4 pt-2 pb-1 text-sm text-ink-2">
        {[
          build.path && fill(words.from, { path: build.path, machine: build.machine }),
          fill(words.total, { time: sayTime(build.durationMs, say) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {build.dockerfile === null && <p className="px-4 pb-1 text-sm text-near">{words.noLines}</p>}
      <StepTable build={build} />
    </div>
  );
}

function titleOf({ name, endedAt }: Build, { words, locale }: Say): string {
  const time = new Date(endedAt).toLocaleTimeString(LANGUAGE_TAG[locale], {
    timeStyle: 'medium',
    hour12: false,
  });
  return fill(words.of, { name: name ?? words.unnamed, time });
}
