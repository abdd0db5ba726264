/** The figures that a lesson's text asks for, each drawn once. */
import type { ReactNode } from 'react';
import type { Block, DiagramName, Lesson } from '#server/protocol/lesson.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { Diagram } from './Diagram.tsx';

export function figuresOf(
  lesson: Pick<Lesson, 'steps'>,
  locale: Locale,
): Partial<Record<DiagramName, ReactNode>> {
  const names = new Set(lesson.steps.flatMap((step) => namesIn(step.blocks)));
  return Object.fromEntries(
    Array.from(names, (name) => [name, <Diagram key={name} name={name} locale={locale} />]),
  );
}

function namesIn(blocks: readonly Block[]): DiagramName[] {
  return blocks.flatMap((block) => {
    if (block.type === 'diagram') return [block.name];
    if (block.type === 'list') return block.items.flatMap(namesIn);
    return block.type === 'aside' || block.type === 'quote' ? namesIn(block.children) : [];
  });
}
