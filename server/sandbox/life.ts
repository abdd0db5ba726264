/** The life of a sandbox as a pure function: queued → preparing → ready ⇄ asleep → closed. */
import type { PreparingStage } from '../protocol/sandbox.ts';

export type Life =
  | { state: 'queued' }
  | { state: 'preparing'; stage: PreparingStage; done: number; total: number }
  | { state: 'ready' }
  | { state: 'asleep' }
  | { state: 'closed' };

export type LifeEvent =
  /** Its turn has come: there is room for its machines. */
  | { type: 'turn'; stage: PreparingStage }
  | { type: 'stage'; stage: PreparingStage; done: number; total: number }
  | { type: 'prepared' }
  /** Its machines could not be made or woken; whoever comes next tries again. */
  | { type: 'failed' }
  /** A machine died and is being restarted. */
  | { type: 'broke' }
  /** Its machines begin anew with what was kept, or wait for what they will begin with. */
  | { type: 'rewound'; stage: 'rewinding' | 'replaying' }
  | { type: 'slept' }
  /** Somebody wants it awake. */
  | { type: 'wanted' }
  | { type: 'closed' };

/** The next life; the same object where the event does not apply any more, as late news do. */
export function nextLife(life: Life, event: LifeEvent): Life {
  switch (event.type) {
    case 'turn':
      return life.state === 'queued' ? preparing(event.stage, 0, 0) : life;
    case 'stage':
      return life.state === 'preparing' ? preparing(event.stage, event.done, event.total) : life;
    case 'prepared':
      return life.state === 'preparing' ? { state: 'ready' } : life;
    case 'failed':
      return life.state === 'preparing' ? { state: 'asleep' } : life;
    case 'broke':
      return life.state === 'ready' ? preparing('waking', 0, 1) : life;
    case 'rewound':
      return life.state === 'ready' ? preparing(event.stage, 0, 0) : life;
    case 'slept':
      return life.state === 'ready' ? { state: 'asleep' } : life;
    case 'wanted':
      return life.state === 'asleep' ? { state: 'queued' } : life;
    case 'closed':
      return life.state === 'closed' ? life : { state: 'closed' };
  }
}

function preparing(stage: PreparingStage, done: number, total: number): Life {
  return { state: 'preparing', stage, done, total };
}
