/** Takes the machines back: keeps what is there now, asks for the return, and says when it is done, with the way to undo it. */
'use client';
import { useEffect, useRef, useState } from 'react';
import type { SnapshotView } from '#server/protocol/history.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { watchArrival } from './arrival.ts';
import { historyApi } from './history-api.ts';
import { added, parseIds, stepAfter, toRequest, type Target, type UndoPlan } from './history.ts';
import type { HistoryProps } from './part.ts';
import { useTroubles } from './trouble.ts';
import { placeOf, useHistoryWords } from './words.ts';

export type Return = { target: Target; plan: UndoPlan; name: string };
export type Stage = 'keeping' | 'going';

export type Returning = {
  /** What is being asked for now. */
  stage: Stage | null;
  /** In words why it cannot be; null once the machines are on their way. */
  go: (wish: Return) => Promise<string | null>;
};

type Journey = Pick<ReturnType<typeof watchArrival>, 'over'>;

/** What was kept by itself before returns, oldest first. */
const placeOfKept = (sandbox: string) => `drydock-undo-${sandbox}`;
export const readAutomatic = (sandbox: string) => parseIds(localStorage.getItem(placeOfKept(sandbox)));

export function useReturn(props: HistoryProps): Returning {
  const { sandbox, history, steps, at, goTo, onBrought, hears } = props;
  const t = useHistoryWords();
  const troubleOf = useTroubles();
  const { show } = useVoice();
  const [stage, setStage] = useState<Stage | null>(null);
  const takeOfferAway = useRef(() => {});
  const made = useRef<{ wish: Return; kept: SnapshotView | null } | null>(null);

  // It undoes a return, not what was done after it.
  useEffect(() => hears(({ type }) => void (type === 'command' && takeOfferAway.current())), [hears]);

  const undo = async (id: string, kept: SnapshotView, step: number) => {
    try {
      const journey = await travel(id, { to: 'snapshot', snapshot: kept });
      goTo(step);
      if ((await journey.over) !== 'back') return;
      show(t.undone);
      // Where this fails it stays in the list, and is removed by hand.
      await historyApi.remove(id, kept.id).catch(() => null);
    } catch (error) {
      show(fill(t.failed, { why: troubleOf(error) }), 'fail');
    }
  };

  const keep = async (id: string, wish: Return): Promise<SnapshotView | null> => {
    const { plan, name } = wish;
    if (!plan.keep) return null;
    // Asked again after a refusal: what is there now is kept already.
    if (made.current?.wish === wish) return made.current.kept;
    const before = plan.instead
      ? await historyApi.remove(id, plan.instead.id)
      : (history ?? { snapshots: [] });
    const kept = added(before.snapshots, (await historyApi.keep(id, name)).snapshots);
    if (kept) localStorage.setItem(placeOfKept(id), JSON.stringify([...readAutomatic(id), kept.id]));
    made.current = { wish, kept };
    return kept;
  };

  /** Throws what the server refuses: then nothing has happened to the machines. */
  const travel = async (id: string, target: Target): Promise<Journey> => {
    const arrival = watchArrival(id, hears);
    try {
      await historyApi.rewind(id, toRequest(target, steps));
    } catch (error) {
      arrival.forget();
      throw error;
    }
    arrival.asked();
    return arrival;
  };

  /** Once it is done, with the way to undo it while nothing was done after it. */
  const tell = async ({ over }: Journey, target: Target, undoIt: (() => void) | null) => {
    if ((await over) !== 'back') return;
    onBrought(target.to === 'step' ? target.index : -1);
    const text =
      target.to === 'step'
        ? fill(t.started, { step: target.index + 1 })
        : fill(t.wentBack, { place: placeOf(target, steps, t) });
    takeOfferAway.current = show(text, 'plain', undoIt ? { label: t.undo, run: undoIt } : undefined);
  };

  const go = async (wish: Return): Promise<string | null> => {
    if (!sandbox) return null;
    const { id } = sandbox;
    const { target } = wish;
    takeOfferAway.current();
    try {
      setStage('keeping');
      const kept = await keep(id, wish);
      setStage('going');
      const journey = await travel(id, target);
      goTo(stepAfter(target, steps) ?? at);
      void tell(journey, target, kept && (() => void undo(id, kept, at)));
      return null;
    } catch (error) {
      return troubleOf(error);
    } finally {
      setStage(null);
    }
  };

  return { stage, go };
}
