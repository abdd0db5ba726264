/** Tells whoever does not look what happened in the class: once, politely, and without taking the focus. */
import { useEffect, useRef } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import type { InClassWords } from '#app/_lib/i18n/en-in-class.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { Classroom } from '#server/protocol/classes.ts';
import { classNews, type ClassNews } from './classroom.ts';
import { useInClassWords } from './words.ts';

export function useClassVoice(classroom: Classroom): void {
  const t = useInClassWords();
  const { say, show } = useVoice();
  const before = useRef<Classroom | null>(null);
  useEffect(() => {
    const news = classNews(before.current, classroom);
    before.current = classroom;
    const told = (each: ClassNews) => sentence(each, t);
    // An end is seen by nothing but that something is gone.
    const ends = news.filter(({ what }) => what === 'types-not');
    for (const end of ends) show(told(end));
    const rest = news.filter(({ what }) => what !== 'types-not');
    if (rest.length > 0) say(rest.map(told).join(' '));
  }, [classroom, t, say, show]);
}

function sentence(news: ClassNews, t: InClassWords): string {
  switch (news.what) {
    case 'watches':
      return `${fill(t.watches, news)}. ${t.watchesTip}.`;
    case 'watches-not':
      return fill(t.watchesNot, news);
    case 'asks':
      return fill(t.asksSay, news);
    case 'asks-not':
      return fill(t.asksNot, news);
    case 'types':
      return fill(t.typesSay, news);
    case 'types-not':
      return fill(t.typesNot, news);
    case 'note':
      return `${fill(t.noteFrom, news)}: ${news.text}`;
    case 'raised':
      return t.raised;
    case 'lowered':
      return t.lowered;
    case 'paused':
      return t.pausedSay;
    case 'goes-on':
      return t.goesOn;
  }
}
