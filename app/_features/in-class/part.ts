/** What the workspace hands to the learner's side of a class. */
import type { ComponentType } from 'react';
import type { Classroom, Membership, Note } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';

/** A command that a click types into the terminal. */
export type CommandShown = ComponentType<{ text: string }>;

/** Something that can be done by name from the palette. */
export type ClassCommand = { id: string; group: 'actions'; label: string; keys?: string; run: () => void };

export type InClassProps = {
  classroom: Classroom;
  sandbox: string;
  /** Null in the playground. */
  lesson: LessonKey | null;
  now: Date;
  /** On a phone the text fills the screen now. */
  isReading: boolean;
  Command: CommandShown;
  onCommands: (commands: ClassCommand[]) => void;
  /** What was being typed for the learner is to stop. */
  onPaused: () => void;
  focusTerminal: () => void;
};

/** What the parts of it do. */
export type ClassActions = {
  raiseHand: (membership: Membership, raised: boolean) => void;
  leave: (membership: Membership) => Promise<void>;
  /** The word on a watcher, by their id. */
  allow: (watcher: string, allow: boolean) => void;
  markRead: (notes: readonly Note[]) => void;
};
