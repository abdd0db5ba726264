import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '#app/_lib/i18n/locale.ts';
import type { Block, LessonStep } from '#server/protocol/lesson.ts';
import { DIAGRAMS } from '#server/protocol/lesson.ts';
import { Diagram } from './Diagram.tsx';
import { figuresOf } from './figures-of.tsx';

describe.each(LOCALES)('in %s', (locale) => {
  test.each(DIAGRAMS)('%s has a name for those who do not see it, a caption, and no empty word', (name) => {
    const html = renderToStaticMarkup(<Diagram name={name} locale={locale} />);
    expect(html).toMatch(/<svg viewBox="0 0 360 \d+" role="img" aria-label="[^"]{40,}"/);
    expect(html).toMatch(/<figcaption>[^<]{10,}<\/figcaption>/);
    expect(html).not.toMatch(/undefined|NaN|<text[^>]*><\/text>/);
  });

  test.each(DIAGRAMS)('%s has its colours from the theme alone', (name) => {
    const html = renderToStaticMarkup(<Diagram name={name} locale={locale} />);
    const colours = [...html.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map((match) => match[1]!);
    expect(colours.filter((colour) => !/^(none|var\(--[\w-]+\)|url\(#.+\))$/.test(colour))).toEqual([]);
  });
});

test('a figure is found anywhere in the text, and drawn once', () => {
  const figure: Block = { type: 'diagram', name: 'layers' };
  const blocks: Block[] = [
    figure,
    { type: 'aside', kind: 'deeper', title: null, children: [figure] },
    { type: 'list', ordered: false, start: 1, items: [[{ type: 'diagram', name: 'swarm' }]] },
  ];
  const step: LessonStep = { id: 's', title: 'S', blocks, tasks: [] };
  expect(Object.keys(figuresOf({ steps: [step] }, 'en')).toSorted()).toEqual(['layers', 'swarm']);
});
