/** Joins what the page of one learner is made of: features do not know each other. */
'use client';
import { useCallback } from 'react';
import { Learner } from '#app/_features/classroom/learner/Learner.tsx';
import type { Outline } from '#app/_features/classroom/wall/outline.ts';
import { Losses, useLosses } from '#app/_features/history/Losses.tsx';
import { Watch } from '#app/_features/workspace/Watch.tsx';
import type { LearnerDetail } from '#server/protocol/wall.ts';

type LearnerViewProps = { me: string; detail: LearnerDetail; outlines: Outline[] };

export function LearnerView({ me, detail, outlines }: LearnerViewProps) {
  const terminals = useCallback(
    (sandbox: string, learner: string) => <Watch key={sandbox} sandbox={sandbox} learner={learner} me={me} />,
    [me],
  );
  return <Learner detail={detail} outlines={outlines} terminals={terminals} losses={lossesOf} />;
}

const lossesOf = (sandbox: string, snapshot: string) => (
  <LossesOf key={snapshot} sandbox={sandbox} snapshot={snapshot} />
);

/** Where it cannot be told by name, that all since is lost is said already. */
function LossesOf({ sandbox, snapshot }: { sandbox: string; snapshot: string }) {
  const losses = useLosses(sandbox, snapshot);
  return losses.at === 'unknown' ? null : <Losses losses={losses} replaced={false} />;
}
