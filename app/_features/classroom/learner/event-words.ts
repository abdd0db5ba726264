/** What happened, in words. */
import { fill } from '#app/_lib/i18n/words.ts';
import type { TimelineEvent } from '#server/protocol/wall.ts';
import { outlineOf, taskTitle, type Outline } from '../wall/outline.ts';
import type { Words } from '../words.ts';

/** @returns for a command its line, to be set as code */
export function eventWords(event: TimelineEvent, outlines: readonly Outline[], { w, locale }: Words): string {
  const words = w.learner.event;
  const outline = outlineOf(outlines, event.lesson);
  switch (event.kind) {
    case 'command':
      return event.line;
    case 'passed':
    case 'hint':
    case 'solution':
      return fill(words[event.kind], { task: taskTitle(outline, event.task) });
    case 'near':
      return `${fill(words.near, { task: taskTitle(outline, event.task) })}${w.between}${event.words[locale]}`;
    case 'rewind': {
      const step = outline?.steps.find(({ id }) => id === event.step);
      return event.step === null ? words.rewind : fill(words.rewindTo, { step: step?.title ?? event.step });
    }
    case 'machine':
      return Object.hasOwn(w.learner.notices, event.notice)
        ? w.learner.notices[event.notice as keyof typeof w.learner.notices]
        : event.notice;
    case 'opened':
      return outline ? fill(words.opened, { lesson: outline.title }) : words.openedAny;
    case 'finished':
      return fill(words.finished, { lesson: outline?.title ?? '' });
    case 'hand_up':
      return words.handUp;
    case 'hand_down':
      return words.handDown;
    case 'note':
      return fill(words.note, { text: event.text });
    case 'watched':
      return fill(event.began ? words.watchedBegan : words.watchedEnded, { by: event.by });
    case 'typed':
      return fill(event.began ? words.typedBegan : words.typedEnded, { by: event.by });
  }
}
