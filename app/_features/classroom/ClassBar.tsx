/** Where one is among classes, and what can be done with this one, in the bar on top of the page. */
'use client';
import { ChevronRight, Download, Settings } from 'lucide-react';
import { Fragment } from 'react';
import { ButtonLink } from '#app/_ui/Button.tsx';
import { TOOL } from '#app/_ui/IconButton.tsx';
import type { Tile } from '#server/protocol/wall.ts';
import { NoteButton } from './NoteButton.tsx';
import { useWallWords } from './words.ts';

type ClassBarProps = {
  classId: string;
  name: string;
  /** On the page of one learner. */
  learner?: { learner: string; name: string; presence: Tile['presence'] };
};

export function ClassBar({ classId, name, learner }: ClassBarProps) {
  const { w, locale } = useWallWords();
  const path = `/${locale}/classes/${classId}`;
  const above = [
    { label: w.classes, href: `/${locale}/classes`, narrow: false },
    ...(learner ? [{ label: name, href: path, narrow: true }] : []),
  ];
  return (
    // Takes the room that the bar leaves in its middle, so that the buttons stand beside its tools.
    <div className="flex min-w-0 grow-999 items-center gap-3 wide:gap-4">
      <nav aria-label={w.path} className="flex min-w-0 items-center gap-2 text-ink-2">
        {above.map(({ label, href, narrow }) => (
          <Fragment key={href}>
            <a href={href} className={`truncate text-ink-2 ${narrow ? '' : 'flex-none max-wide:hidden'}`}>
              {label}
            </a>
            <ChevronRight className={narrow ? '' : 'max-wide:hidden'} />
          </Fragment>
        ))}
        <span aria-current="page" className="truncate font-strong text-ink">
          {learner?.name ?? name}
        </span>
      </nav>
      <span className="flex-1" />
      {learner ? (
        // Who was only announced reads nothing.
        learner.presence !== 'never' && (
          <NoteButton classId={classId} to={learner} label={w.learner.sendNote} />
        )
      ) : (
        <>
          <NoteButton classId={classId} to={null} label={w.noteToAll} />
          <ButtonLink href={`${path}/gradebook`} aria-label={w.gradebook}>
            <Download />
            <span className="max-full:hidden">{w.gradebook}</span>
          </ButtonLink>
          <a href={`${path}/settings`} className={TOOL} aria-label={w.settings} data-tip={w.settings}>
            <Settings />
          </a>
        </>
      )}
    </div>
  );
}
