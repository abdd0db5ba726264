/** The timeline of one learner: looked at anew when their tile changes, and further back when it is asked for. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Tile, Timeline } from '#server/protocol/wall.ts';
import { classroomApi } from '../classroom-api.ts';
import { withEarlier, withNewest } from './timeline.ts';

/** A command changes the tile more than once. */
const SETTLE_MS = 400;

export type TimelineHandle = {
  timeline: Timeline;
  isLoading: boolean;
  isFailed: boolean;
  loadEarlier: () => Promise<void>;
};

type TimelineOptions = { classId: string; learner: string; start: Timeline; tile: Tile | null };

export function useTimeline({ classId, learner, start, tile }: TimelineOptions): TimelineHandle {
  const [timeline, setTimeline] = useState(start);
  const [isLoading, setLoading] = useState(false);
  const [isFailed, setFailed] = useState(false);

  const first = useRef(tile);
  useEffect(() => {
    if (tile === first.current) return;
    const look = async () => {
      try {
        const newest = await classroomApi.timeline(classId, learner, null);
        setTimeline((known) => withNewest(known, newest));
        setFailed(false);
      } catch {
        setFailed(true);
      }
    };
    const timer = setTimeout(() => void look(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [tile, classId, learner]);

  const { before } = timeline;
  const loadEarlier = useCallback(async () => {
    if (before === null || isLoading) return;
    setLoading(true);
    try {
      const earlier = await classroomApi.timeline(classId, learner, before);
      setTimeline((known) => withEarlier(known, earlier));
      setFailed(false);
    } catch {
      setFailed(true);
    } finally {
      setLoading(false);
    }
  }, [before, isLoading, classId, learner]);
  return { timeline, isLoading, isFailed, loadEarlier };
}
