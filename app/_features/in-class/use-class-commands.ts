/** What of a class can be done by name and by key: the hand, the panel, the word on who asks to type. */
import { useEffect, useMemo } from 'react';
import { handKeys, isHandKey } from '#app/_lib/hand-keys.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { Classroom } from '#server/protocol/classes.ts';
import type { ClassActions, ClassCommand } from './part.ts';
import { useInClassWords } from './words.ts';

type Options = {
  classroom: Classroom;
  actions: Pick<ClassActions, 'raiseHand' | 'allow'>;
  openPanel: () => void;
  onCommands: (commands: ClassCommand[]) => void;
};

export const myHandKeys = () => handKeys(/Mac|iPhone|iPad/.test(navigator.platform));

export function useClassCommands({ classroom, actions, openPanel, onCommands }: Options): void {
  const t = useInClassWords();
  const commands = useMemo(() => {
    const act = (id: string, label: string, run: () => void, keys?: string): ClassCommand => ({
      id: `class-${id}`,
      group: 'actions',
      label,
      run,
      keys,
    });
    const mine = classroom.memberships.flatMap((each, index) => [
      act(
        `hand-${each.class}`,
        each.handAt === null ? t.raise : t.lower,
        () => actions.raiseHand(each, each.handAt === null),
        index === 0 ? myHandKeys() : undefined,
      ),
      act(`panel-${each.class}`, fill(t.open, { name: each.name }), openPanel),
    ]);
    const theirs = classroom.watchers.flatMap((each) => {
      const allow = (word: boolean) => () => actions.allow(each.id, word);
      if (each.mode === 'types') return [act(`end-${each.id}`, fill(t.endName, each), allow(false))];
      if (each.mode === 'watches') return [];
      return [
        act(`allow-${each.id}`, fill(t.allowName, each), allow(true)),
        act(`not-now-${each.id}`, fill(t.notNowName, each), allow(false)),
      ];
    });
    return [...theirs, ...mine];
  }, [classroom, actions, openPanel, t]);

  useEffect(() => {
    onCommands(commands);
    return () => onCommands([]);
  }, [commands, onCommands]);

  useEffect(() => {
    const hand = commands.find(({ keys }) => keys !== undefined);
    if (!hand) return;
    const press = (event: KeyboardEvent) => {
      if (!isHandKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) hand.run();
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [commands]);
}
