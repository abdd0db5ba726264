/** What the workspace hands to everything about going back. */
import type { History, SnapshotView } from '#server/protocol/history.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Lesson } from '#server/protocol/lesson.ts';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import type { Hears } from './arrival.ts';
import type { Ask, Steps, Target } from './history.ts';

export type PartProps = {
  /** Null while nothing is to be seen of it. */
  ask: Ask | null;
  onAsk: (ask: Ask | null) => void;
  /** Null where there is no machine. */
  sandbox: SandboxView | null;
  history: History | null;
  lesson: Pick<Lesson, 'key' | 'steps'> | null;
  /** The step on the page. */
  at: { index: number; go: (index: number) => void };
  /** The step that the machine was made ready for, without the steps before having been done on it. */
  brought: number;
  onBrought: (index: number) => void;
  line: {
    hears: Hears;
    /** Turns the page to another sandbox of the same lesson. */
    enter: (sandbox: SandboxView) => void;
  };
};

export type HistoryProps = Pick<PartProps, 'sandbox' | 'history' | 'brought' | 'onBrought'> &
  PartProps['line'] & {
    onClose: () => void;
    lesson: LessonKey | null;
    steps: Steps;
    at: number;
    goTo: (index: number) => void;
  };

/** There is something to go back to, and somewhere to do so. */
export type Past = Omit<HistoryProps, 'sandbox' | 'history'> & {
  sandbox: SandboxView;
  history: History;
  /** When the panel was opened: days are told from it. */
  now: Date;
};

/** What stands in the panel; each is a dialog of its own, so that it is read from its beginning. */
export type View =
  | { at: 'timeline'; keeping: boolean }
  | { at: 'return'; target: Target }
  | { at: 'fork' | 'remove'; snapshot: SnapshotView };
