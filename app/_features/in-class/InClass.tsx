/** The learner's side of a class: which one, who looks on, who wants to type, what the instructor says, and the pause. */
'use client';
import { useCallback, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { pausedIn, unread } from './classroom.ts';
import { ClassChip } from './ClassChip.tsx';
import { ClassPanel } from './ClassPanel.tsx';
import { NoteCard } from './NoteCard.tsx';
import type { InClassProps } from './part.ts';
import { PauseCurtain } from './PauseCurtain.tsx';
import { useReadNotes } from './read-notes.ts';
import { useClassActions } from './use-class-actions.ts';
import { useClassCommands } from './use-class-commands.ts';
import { useClassVoice } from './use-class-voice.ts';
import { Watchers, WatcherStrip } from './Watchers.tsx';

export function InClass(props: InClassProps) {
  const { classroom, sandbox, lesson, now, isReading, Command, onCommands, onPaused, focusTerminal } = props;
  const panel = useRef<HTMLDivElement>(null);
  const panelId = useId();
  // It stands in the status bar; what concerns the panes stands among them.
  const [panes] = useState(() => document.getElementById('content')!);
  const { read, markRead } = useReadNotes();
  const actions = useClassActions(sandbox);
  const openPanel = useCallback(() => panel.current?.showPopover(), []);
  useClassVoice(classroom);
  useClassCommands({ classroom, actions, openPanel, onCommands });

  const [first] = classroom.memberships;
  const paused = pausedIn(classroom);
  const fresh = unread(classroom.notes, read);
  // What is said to all while all wait is said where all look.
  const sentence = (paused && fresh.find((note) => note.toAll && note.class === paused.class)) ?? null;
  const [note, ...more] = isReading ? fresh : fresh.filter((each) => each !== sentence);

  return (
    <>
      <Watchers watchers={classroom.watchers} />
      {first && (
        <ClassChip
          membership={first}
          lesson={lesson}
          now={now}
          fresh={fresh.length}
          panel={panelId}
          onHand={(raised) => actions.raiseHand(first, raised)}
        />
      )}
      <ClassPanel
        ref={panel}
        id={panelId}
        classroom={classroom}
        lesson={lesson}
        now={now}
        actions={{ ...actions, markRead: (notes) => markRead(notes.map(({ id }) => id)) }}
        Command={Command}
      />
      {createPortal(
        <>
          {paused && (
            <PauseCurtain
              instructor={paused.instructor}
              sentence={sentence?.text ?? null}
              isReading={isReading}
              onPaused={onPaused}
            />
          )}
          {note && (
            <NoteCard
              key={note.id}
              note={note}
              now={now}
              more={more.length}
              isOnCurtain={note === sentence}
              Command={Command}
              onClose={() => {
                markRead([note.id]);
                focusTerminal();
              }}
              onMore={openPanel}
            />
          )}
          <WatcherStrip
            watchers={classroom.watchers}
            isPaused={paused !== null}
            onWord={(watcher, allow) => {
              actions.allow(watcher, allow);
              focusTerminal();
            }}
          />
        </>,
        panes,
      )}
    </>
  );
}
