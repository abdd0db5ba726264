/** Joins what the page of one learner is made of: features do not know each other. */
'use client';
import { Learner } from '#app/_features/classroom/learner/Learner.tsx';
import type { Outline } from '#app/_features/classroom/wall/outline.ts';
import { Losses, useLosses } from '#app/_features/history/Losses.tsx';
import { Watch } from '#app/_features/workspace/Watch.tsx';
import type { LearnerDetail } from '#server/protocol/wall.ts';

type LearnerViewProps = { detail: LearnerDetail; outlines: Outline[] };

export function LearnerView({ detail, outlines }: LearnerViewProps) {
  return <Learner detail={detail} outlines={outlines} terminals={terminalsOf} losses={lossesOf} />;
}

const terminalsOf = (sandbox: string, learner: string) => (
  <Watch key={sandbox} sandbox={sandbox} learner={learner} />
);

const lossesOf = (sandbox: string, snapshot: string) => (
  <LossesOf key={snapshot} sandbox={sandbox} snapshot={snapshot} />
);

/** Where it cannot be told by name, that all since is lost is said already. */
function LossesOf({ sandbox, snapshot }: { sandbox: string; snapshot: string }) {
  const losses = useLosses(sandbox, snapshot);
  return losses.at === 'unknown' ? null : <Losses losses={losses} replaced={false} />;
}
