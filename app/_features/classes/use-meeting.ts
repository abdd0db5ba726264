/** The next meeting as the server last told it: asked again only while its machines are being made, and once when that begins. */
'use client';
import { useEffect, useState } from 'react';
import type { MeetingView } from '#server/protocol/meeting.ts';
import { classApi } from './class-api.ts';

const ASK_EVERY_MS = 5_000;
/** A browser's timer cannot wait longer: 2^31 ms. */
const TIMER_MOST_MS = 2_147_483_647;

type Told = [MeetingView | null, (meeting: MeetingView | null) => void];

export function useMeeting(id: string, first: MeetingView | null): Told {
  const [meeting, setMeeting] = useState(first);

  useEffect(() => {
    if (!meeting) return;
    const wait = waitOf(meeting);
    if (wait === null) return;
    let timer = 0;
    let isStale = false;
    const later = (ms: number) => {
      timer = window.setTimeout(() => void look(), ms);
    };
    const look = async () => {
      // Who does not look need not know; `onVisible` goes on.
      if (document.hidden) return;
      try {
        const next = await classApi.meeting(id);
        if (!isStale) setMeeting(next);
      } catch {
        // What was told last stays until the server answers again.
        if (!isStale) later(ASK_EVERY_MS);
      }
    };
    const onVisible = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      later(meeting.stage === 'warming' ? 0 : (waitOf(meeting) ?? 0));
    };
    later(wait);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isStale = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [id, meeting]);

  return [meeting, setMeeting];
}

/** Milliseconds until the server is asked again; null: not at all. */
function waitOf({ stage, warmFrom }: MeetingView): number | null {
  if (stage === 'warming') return ASK_EVERY_MS;
  if (stage !== 'planned') return null;
  const wait = Math.max(0, Date.parse(warmFrom) - Date.now()) + ASK_EVERY_MS;
  return wait < TIMER_MOST_MS ? wait : null;
}
