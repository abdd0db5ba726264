/** What opens from the status bar: the class, its lessons and when they are due, the hand, older notes, the way out. */
'use client';
import { X } from 'lucide-react';
import { useRef, useState, type Ref, type ToggleEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { IconButton } from '#app/_ui/IconButton.tsx';
import type { Classroom } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import { ClassSection } from './ClassSection.tsx';
import { NoteText } from './NoteText.tsx';
import type { ClassActions, CommandShown } from './part.ts';
import { useInClassWords } from './words.ts';

type PanelProps = {
  ref: Ref<HTMLDivElement>;
  id: string;
  classroom: Classroom;
  lesson: LessonKey | null;
  now: Date;
  actions: Pick<ClassActions, 'raiseHand' | 'leave' | 'markRead'>;
  Command: CommandShown;
};

/** Opened by what names its id; the browser closes it by Escape and by a click beside it, and gives the focus back. */
export function ClassPanel(props: PanelProps) {
  const { ref, id, classroom, lesson, now, actions, Command } = props;
  const t = useInClassWords();
  const { t: page, locale } = useI18n();
  const [open, setOpen] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const toggle = (event: ToggleEvent<HTMLDivElement>) => {
    const opens = event.newState === 'open';
    setOpen(opens);
    if (opens) title.current?.focus();
    actions.markRead(classroom.notes);
  };
  return (
    <div
      ref={ref}
      id={id}
      popover="auto"
      role="dialog"
      aria-labelledby={`${id}-title`}
      className="class-panel"
      onToggle={toggle}
    >
      <div className="flex flex-none items-center gap-4 pt-3 pr-3 pb-1 pl-5">
        <h2
          ref={title}
          id={`${id}-title`}
          tabIndex={-1}
          className="flex-1 text-lg font-strong wrap-anywhere outline-none"
        >
          {t.panel}
        </h2>
        <IconButton label={page.ui.close} popoverTarget={id} popoverTargetAction="hide">
          <X />
        </IconButton>
      </div>
      {open && (
        <div className="min-h-0 overflow-y-auto px-5 pb-5">
          {classroom.memberships.map((membership) => (
            <ClassSection
              key={membership.class}
              membership={membership}
              lesson={lesson}
              now={now}
              actions={actions}
            />
          ))}
          <h3 className="mt-5 border-t border-ink pt-2 text-md font-strong">{t.notes}</h3>
          {classroom.notes.length === 0 && <p className="text-md text-ink-2">{t.noNotes}</p>}
          <ul>
            {classroom.notes.toReversed().map((note) => (
              <li key={note.id} className="border-b border-line py-2 last:border-b-0">
                <NoteText note={note} now={now} Command={Command} />
              </li>
            ))}
          </ul>
          <p className="mt-3 border-t border-line pt-3 text-sm">
            <a href={`/${locale}/privacy`}>{t.privacy}</a>
          </p>
        </div>
      )}
    </div>
  );
}
