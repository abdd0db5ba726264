/** Which step is on the screen: in the address, so that a reload and a link find it, and told to the server. */
'use client';
import { useCallback, useState } from 'react';
import type { Lesson } from '#server/protocol/lesson.ts';

export type Steps = { index: number; go: (index: number) => void };

export function useSteps(lesson: Lesson | null, start: string | null, onStep: (step: string) => void): Steps {
  const [index, setIndex] = useState(() =>
    Math.max(0, lesson?.steps.findIndex((step) => step.id === start) ?? 0),
  );
  const go = useCallback(
    (wanted: number) => {
      const step = lesson?.steps[wanted];
      if (!step) return;
      setIndex(wanted);
      history.replaceState(null, '', `${location.pathname}?step=${step.id}`);
      onStep(step.id);
    },
    [lesson, onStep],
  );
  return { index, go };
}
