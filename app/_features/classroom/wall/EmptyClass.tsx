/** A class that nobody has joined yet: the code, large enough for the last row, and how to join. */
'use client';
import { useSyncExternalStore } from 'react';
import { ButtonLink } from '#app/_ui/Button.tsx';
import { EmptyDock } from '#app/_ui/DockFigure.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import { useWallWords } from '../words.ts';
import { CopyLink } from './JoinCode.tsx';

const never = () => () => {};

export function EmptyClass({ view, settings }: { view: ClassView; settings: string }) {
  const { w } = useWallWords();
  const host = useSyncExternalStore(
    never,
    () => location.host,
    () => '',
  );
  return (
    <section className="mx-auto flex w-full max-w-180 flex-1 flex-col justify-center gap-4 px-4 py-8">
      <EmptyDock className="max-w-full max-narrow:hidden" />
      <h2 className="text-lg font-strong">{w.emptyTitle}</h2>
      {view.code ? (
        <>
          <p className="text-md text-ink-2">{w.emptyText}</p>
          <dl className="flex flex-col gap-4 border-t border-ink pt-4">
            <div>
              <dt className="text-ink-3">{w.emptyOne}</dt>
              <dd className="font-mono text-lg break-all">{host}/join</dd>
            </div>
            <div>
              <dt className="text-ink-3">{w.emptyTwo}</dt>
              <dd className="flex flex-wrap items-center gap-4">
                <b className="font-mono text-[clamp(2.5rem,9vw,5rem)] leading-none font-strong tracking-wide whitespace-nowrap">
                  {view.code.code}
                </b>
                <CopyLink code={view.code.code} />
              </dd>
            </div>
          </dl>
          <p className="text-ink-2">{w.emptyThree}</p>
        </>
      ) : (
        <>
          <p className="text-md text-ink-2">{w.emptyClosed}</p>
          <p>
            <ButtonLink kind="go" href={settings}>
              {w.makeCode}
            </ButtonLink>
          </p>
        </>
      )}
    </section>
  );
}
