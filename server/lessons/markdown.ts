/** Reads a lesson's text in one language: front matter, then steps of typed blocks. */
import type { Heading, Root, RootContent } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { slugSchema } from '../protocol/ids.ts';
import type { Block } from '../protocol/lesson.ts';
import { lineOf, plainText, toBlocks } from './blocks.ts';
import type { TermMarker } from './glossary.ts';
import type { Problems } from './problem.ts';

export type Placement = { kind: 'task' | 'quiz'; id: string; step: string; line: number };

export type TextStep = { id: string; title: string; line: number; blocks: Block[] };

export type LessonText = {
  /** `english:` of the front matter, and where it stands or should stand. */
  english: string | null;
  steps: TextStep[];
  placements: Placement[];
};

const MAX_CHARACTERS = 256 * 1024;
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/;
const STEP_HEADING = /^(.+?)\s*\{#([^}]*)\}$/;

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkDirective);

export function readLessonText(
  source: { file: string; text: string; terms: TermMarker },
  problems: Problems,
): LessonText {
  const { file } = source;
  if (source.text.length > MAX_CHARACTERS) {
    problems.add(file, 1, `has over ${MAX_CHARACTERS} characters; split the lesson`);
    return { english: null, steps: [], placements: [] };
  }
  const front = FRONT_MATTER.exec(source.text);
  const body = front ? source.text.slice(front[0].length) : source.text;
  const above = front ? front[0].split('\n').length - 1 : 0;
  const complain = (line: number, message: string) => problems.add(file, line + above, message);

  const placements: Placement[] = [];
  const steps: TextStep[] = [];
  for (const part of splitSteps(parser.parse(body), complain)) {
    const { heading, nodes } = part;
    const named = STEP_HEADING.exec(plainText(heading).trim());
    const id = named?.[2] ?? '';
    if (!named || !slugSchema.safeParse(id).success)
      complain(lineOf(heading), 'a step begins with ## Title {#step-id}, the id as in lesson.yaml');
    const context = {
      complain,
      terms: source.terms,
      placed: (placement: Omit<Placement, 'step'>) =>
        void placements.push({ ...placement, step: id, line: placement.line + above }),
    };
    const title = named?.[1] ?? plainText(heading);
    steps.push({ id, title, line: lineOf(heading) + above, blocks: toBlocks(nodes, context) });
  }
  if (steps.length === 0) complain(1, 'has no step; begin with ## Title {#step-id}');
  return { english: front ? readFrontMatter(front[1]!, complain, above) : null, steps, placements };
}

function splitSteps(root: Root, complain: (line: number, message: string) => void) {
  const parts: { heading: Heading; nodes: RootContent[] }[] = [];
  for (const node of root.children) {
    if (node.type === 'heading' && node.depth === 2) parts.push({ heading: node, nodes: [] });
    else if (parts.length > 0) parts.at(-1)!.nodes.push(node);
    else complain(lineOf(node), 'stands before the first step; begin with ## Title {#step-id}');
  }
  return parts;
}

function readFrontMatter(
  text: string,
  complain: (line: number, message: string) => void,
  above: number,
): string | null {
  const english = /^english:\s*['"]?([0-9a-f]+)['"]?\s*$/.exec(text)?.[1];
  if (!english)
    complain(1 - above, 'the front matter holds one line, english: and the fingerprint of the English text');
  return english ?? null;
}

/** What a reader can run or open by click, in order: a translation must offer the same. */
export function runnable(blocks: readonly Block[]): { run: string; text: string }[] {
  return blocks.flatMap((block) => {
    if (block.type === 'code') return block.run ? [{ run: block.run, text: block.text }] : [];
    if (block.type === 'port') return [{ run: block.machine, text: `::port ${block.port}${block.path}` }];
    if (block.type === 'list') return block.items.flatMap(runnable);
    return block.type === 'aside' || block.type === 'quote' ? runnable(block.children) : [];
  });
}
