/** When a machine's use is worth a word to its learner: once on the way up, again only after it fell. */
import type { MachineUsage } from '../engine/contract.ts';
import type { Notice } from '../protocol/feed.ts';

/** Share of the limit. */
const DISK_ALMOST_FULL = 0.85;
const DISK_FULL = 0.98;
/** Learners' programs together may use 80 %: at this share the next one is about to be refused. */
const MEMORY_FULL = 0.76;
/** A level is left only this far below its threshold, so that a value on the edge does not chatter. */
const SLACK = 0.05;

export type Levels = { disk: 'fine' | 'almost' | 'full'; memory: 'fine' | 'full' };
export const FINE: Levels = { disk: 'fine', memory: 'fine' };

/** What counts of a machine's use here. */
type Measured = Pick<MachineUsage, 'memoryBytes' | 'memoryLimitBytes' | 'diskBytes' | 'diskLimitBytes'>;

export function noticesFor(before: Levels, usage: Measured): { levels: Levels; notices: Notice[] } {
  const disk = share(usage.diskBytes, usage.diskLimitBytes);
  const memory = share(usage.memoryBytes, usage.memoryLimitBytes);
  const full = before.disk === 'full';
  const almost = before.disk !== 'fine';
  const levels: Levels = {
    disk: isAbove(disk, DISK_FULL, full)
      ? 'full'
      : isAbove(disk, DISK_ALMOST_FULL, almost)
        ? 'almost'
        : 'fine',
    memory: isAbove(memory, MEMORY_FULL, before.memory === 'full') ? 'full' : 'fine',
  };
  const notices: Notice[] = [];
  if (levels.disk === 'full' && before.disk !== 'full') notices.push('disk_full');
  if (levels.disk === 'almost' && before.disk === 'fine') notices.push('disk_almost_full');
  if (levels.memory === 'full' && before.memory === 'fine') notices.push('memory_full');
  return { levels, notices };
}

/** Its learner's next program, or their next file, is about to be refused. */
export function isFull(usage: Measured): boolean {
  const { disk, memory } = noticesFor(FINE, usage).levels;
  return disk === 'full' || memory === 'full';
}

/** 0 where there is no limit. */
function share(used: number, limit: number): number {
  return limit > 0 ? used / limit : 0;
}

function isAbove(value: number, threshold: number, wasAbove: boolean): boolean {
  return value >= (wasAbove ? threshold - SLACK : threshold);
}
