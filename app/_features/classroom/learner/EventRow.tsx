/** One thing that happened: when by the clock, a mark for its kind, in words, and how long ago. */
'use client';
import {
  Eye,
  Flag,
  Hand,
  History,
  Keyboard,
  Lightbulb,
  Megaphone,
  Play,
  Server,
  SquareTerminal,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { HalfMoon, Tick } from '#app/_ui/Marks.tsx';
import type { TimelineEvent } from '#server/protocol/wall.ts';
import { ageOf, clockTime } from '../say.ts';
import type { Outline } from '../wall/outline.ts';
import { useTold } from '../wall/ticker.ts';
import { useWallWords } from '../words.ts';
import { eventWords } from './event-words.ts';

const MARKS: Record<TimelineEvent['kind'], ReactNode> = {
  command: <SquareTerminal />,
  passed: <Tick className="size-3" />,
  near: <HalfMoon className="size-3.5" />,
  opened: <Play />,
  finished: <Flag />,
  hint: <Lightbulb />,
  solution: <Lightbulb />,
  hand_up: <Hand />,
  hand_down: <Hand />,
  machine: <Server />,
  rewind: <History />,
  note: <Megaphone />,
  watched: <Eye />,
  typed: <Keyboard />,
};

type RowProps = { event: TimelineEvent; outlines: readonly Outline[] };

export const EventRow = memo(function EventRow({ event, outlines }: RowProps) {
  const words = useWallWords();
  const { locale, w } = words;
  const moment = new Date(event.at);
  const age = useTold((nowMs) => ageOf(event.at, nowMs, words));
  return (
    <li className="grid grid-cols-[64px_16px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-t border-line py-1 first:border-0">
      <time dateTime={event.at} title={moment.toLocaleString(locale)} className="text-xs text-ink-3">
        {clockTime(moment, locale, true)}
      </time>
      <span className="grid self-center text-ink-3" aria-hidden="true">
        {MARKS[event.kind]}
      </span>
      {event.kind === 'command' ? (
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <code className="min-w-0 text-mono-xs leading-5 font-strong break-all">{event.line}</code>
          {event.exitCode !== 0 && (
            <span className="text-xs font-strong text-fail">{fill(w.exit, { code: event.exitCode })}</span>
          )}
        </span>
      ) : (
        <span className={event.kind === 'near' ? 'break-words text-near' : 'break-words'}>
          {eventWords(event, outlines, words)}
        </span>
      )}
      <span className="text-xs whitespace-nowrap text-ink-3">{age}</span>
    </li>
  );
});
