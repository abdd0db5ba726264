/** What the lesson's text may ask of the workspace around it, handed down past the blocks in between. */
'use client';
import { createContext, use } from 'react';
import type { TaskInfo } from '#server/protocol/lesson.ts';
import type { Solution, SolutionLine } from '#server/protocol/tasks.ts';
import type { TaskStates } from './blocks.ts';

/** A solution on its way into the terminal: line `line`, from 0, of `lines`. */
export type Typing = { task: string; line: number; lines: number };

export type LessonActions = {
  tasks: Readonly<Record<string, TaskInfo>>;
  states: TaskStates;
  /** The task to do now; it alone offers help before it is tried. */
  current: string | null;
  /** A terminal takes commands. */
  canRun: boolean;
  /** There is a sandbox to ask for help and answers. */
  canAsk: boolean;
  /** No machine is wanted now; a button opens one. */
  isReading: boolean;
  /** Where a command is run must be said. */
  manyMachines: boolean;
  /** `machine` null: the terminal that has, or last had, the focus. */
  run: (text: string, machine: string | null) => void;
  openPort: (place: { machine: string; port: number; path: string }) => void;
  hint: (task: string) => Promise<void>;
  solve: (task: string) => Promise<Solution | null>;
  answer: (task: string, value: string) => Promise<void>;
  typing: Typing | null;
  typeOut: (task: string, lines: readonly SolutionLine[]) => void;
  stopTyping: () => void;
  /** Asks first. */
  restart: () => void;
};

const Context = createContext<LessonActions | null>(null);
export const LessonActionsProvider = Context.Provider;

export function useLessonActions(): LessonActions {
  const actions = use(Context);
  if (!actions) throw new Error('invariant: useLessonActions outside of LessonActionsProvider');
  return actions;
}
