/** Pauses the class and lets it go on; the wall itself tells when it is so. */
'use client';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/Button.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import { classroomApi } from '../classroom-api.ts';
import { useFailure } from '../use-failure.ts';
import { useWallWords } from '../words.ts';

type PauseProps = { view: ClassView; onChanged: (view: ClassView) => void };

export function PauseButton({ view, onChanged }: PauseProps) {
  const { w } = useWallWords();
  const fails = useFailure();
  const [isAsking, setAsking] = useState(false);
  const turn = async () => {
    if (isAsking) return;
    setAsking(true);
    try {
      onChanged(await classroomApi.pause(view.id, !view.paused));
    } catch (error) {
      fails(error);
    } finally {
      setAsking(false);
    }
  };
  return (
    <Button
      kind={view.paused ? 'go' : 'plain'}
      aria-disabled={isAsking}
      data-tip={view.paused ? undefined : w.pauseTip}
      onClick={() => void turn()}
    >
      {view.paused ? <Play /> : <Pause />}
      {view.paused ? w.resume : w.pause}
    </Button>
  );
}
