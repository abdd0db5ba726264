/** The learner's side of a class, joined with the workspace: commands in notes run as those of the text do. */
'use client';
import type { Classroom } from '#server/protocol/classes.ts';
import type { Lesson } from '#server/protocol/lesson.ts';
import { InClass } from '../in-class/InClass.tsx';
import { LessonActionsProvider } from '../lesson/actions.tsx';
import { CodeBlock } from '../lesson/CodeBlock.tsx';
import type { Pane } from './PhoneSwitch.tsx';
import { useNow } from './use-now.ts';
import type { useWorkspace } from './use-workspace.ts';

type ClassProps = Pick<
  ReturnType<typeof useWorkspace>,
  'sandbox' | 'terminals' | 'actions' | 'onCommands'
> & {
  classroom: Classroom;
  lesson: Lesson | null;
  pane: Pane;
};

export function ClassPart({ sandbox, terminals, actions, onCommands, classroom, lesson, pane }: ClassProps) {
  const now = useNow(30_000);
  const id = sandbox.state.sandbox?.id;
  if (now === null || id === undefined) return null;
  return (
    <LessonActionsProvider value={actions}>
      <InClass
        classroom={classroom}
        sandbox={id}
        lesson={lesson?.key ?? null}
        now={now}
        isReading={pane === 'read'}
        Command={Runnable}
        onCommands={onCommands}
        onPaused={actions.stopTyping}
        focusTerminal={() => terminals.active()?.focus()}
      />
    </LessonActionsProvider>
  );
}

function Runnable({ text }: { text: string }) {
  const lines = text.split('\n').map((line) => [{ text: line, kind: null }]);
  return <CodeBlock block={{ run: 'focused', text, lines }} />;
}
