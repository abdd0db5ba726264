/** Turns Markdown nodes into the blocks that pages draw. What has no block is refused, raw HTML first of all. */
import type { Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { machineNameSchema } from '../protocol/ids.ts';
import { portNumberSchema } from '../protocol/preview.ts';
import { DIAGRAMS, type Block, type Inline } from '../protocol/lesson.ts';
import type { TermMarker } from './glossary.ts';
import { highlight, LANGUAGES } from './highlight.ts';

type LeafDirective = Extract<RootContent, { type: 'leafDirective' }>;
type ContainerDirective = Extract<RootContent, { type: 'containerDirective' }>;
type TextDirective = Extract<PhrasingContent, { type: 'textDirective' }>;

export type BlockContext = {
  complain(line: number, message: string): void;
  terms: TermMarker;
  /** Called for each `::task` and `::quiz`. */
  placed(directive: { kind: 'task' | 'quiz'; id: string; line: number }): void;
};

const ASIDES = ['note', 'warning', 'hint', 'deeper'] as const;
const LEAVES = ['task', 'quiz'] as const;
const DIRECTIVES = `::task{id=…}, ::quiz{id=…}, ::diagram{name=…}, ::port{machine=… port=… path=…}, ${ASIDES.map((kind) => `:::${kind}`).join(', ')}`;

/** Line in the parsed text; nodes made by the parser always know theirs. */
export const lineOf = (node: Nodes) => node.position?.start.line ?? 1;

export function toBlocks(nodes: readonly RootContent[], context: BlockContext): Block[] {
  return nodes.flatMap((node) => toBlock(node, context));
}

function toBlock(node: RootContent, context: BlockContext): Block[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: toInlines(node.children, context) }];
    case 'heading':
      if (node.depth !== 3 && node.depth !== 4) {
        context.complain(lineOf(node), 'inside a step use ### or ####; ## with {#step-id} opens a step');
        return [];
      }
      // No tooltips in headings: a term there would be explained before it is introduced.
      return [{ type: 'heading', depth: node.depth, children: toInlines(node.children, context, false) }];
    case 'code':
      return [toCode(node, context)];
    case 'list':
      return [
        {
          type: 'list',
          ordered: node.ordered ?? false,
          start: node.start ?? 1,
          items: node.children.map((item) => toBlocks(item.children, context)),
        },
      ];
    case 'table':
      return [toTable(node, context)];
    case 'blockquote':
      return [{ type: 'quote', children: toBlocks(node.children, context) }];
    case 'leafDirective':
      return toLeaf(node, context);
    case 'containerDirective':
      return toAside(node, context);
    case 'html':
      context.complain(lineOf(node), 'raw HTML is not taken; say it in Markdown');
      return [];
    default:
      context.complain(
        lineOf(node),
        `${node.type} has no place in a lesson; say it with paragraphs, lists or tables`,
      );
      return [];
  }
}

function toCode(
  node: { lang?: string | null; meta?: string | null; value: string } & Nodes,
  context: BlockContext,
): Block {
  const language = node.lang ?? null;
  if (language !== null && !LANGUAGES.includes(language))
    context.complain(
      lineOf(node),
      `\`${language}\` is not a language here; use one of: ${LANGUAGES.join(', ')}`,
    );
  const run = toRun(node.meta ?? null);
  if (run === undefined)
    context.complain(
      lineOf(node),
      `\`${node.meta}\` says nothing; after the language write run or run=node2`,
    );
  if (run && language !== 'sh') context.complain(lineOf(node), 'only ```sh can be run');
  return {
    type: 'code',
    language,
    run: run ?? null,
    text: node.value,
    lines: highlight(node.value, language),
  };
}

/** Undefined when the words after the language are not ours. */
function toRun(meta: string | null): string | null | undefined {
  if (meta === null) return null;
  if (meta === 'run') return 'focused';
  const machine = /^run=(\S+)$/.exec(meta)?.[1];
  return machine && machineNameSchema.safeParse(machine).success ? machine : undefined;
}

function toTable(node: Table, context: BlockContext): Block {
  const [header, ...rows] = node.children.map((row) =>
    row.children.map((cell) => toInlines(cell.children, context)),
  );
  return { type: 'table', header: header ?? [], rows };
}

function toLeaf(node: LeafDirective, context: BlockContext): Block[] {
  if (node.name === 'diagram') return toDiagram(node, context);
  if (node.name === 'port') return toPort(node, context);
  const kind = LEAVES.find((known) => known === node.name);
  const { id, ...rest } = node.attributes ?? {};
  if (!kind) {
    context.complain(lineOf(node), `::${node.name} is not known; use one of: ${DIRECTIVES}`);
    return [];
  }
  if (!id || Object.keys(rest).length > 0 || node.children.length > 0) {
    context.complain(lineOf(node), `write ::${kind}{id=the-task} and nothing else`);
    return [];
  }
  context.placed({ kind, id, line: lineOf(node) });
  return [{ type: kind, id }];
}

function toDiagram(node: LeafDirective, context: BlockContext): Block[] {
  const { name, ...rest } = node.attributes ?? {};
  const known = DIAGRAMS.find((diagram) => diagram === name);
  if (known && Object.keys(rest).length === 0 && node.children.length === 0)
    return [{ type: 'diagram', name: known }];
  const what = name && !known ? `diagram \`${name}\` is not known; ` : '';
  context.complain(lineOf(node), `${what}write ::diagram{name=…} with one of: ${DIAGRAMS.join(', ')}`);
  return [];
}

/** Machine `node1` and path `/` where nothing is said. */
function toPort(node: LeafDirective, context: BlockContext): Block[] {
  const { machine = 'node1', port, path = '/', ...rest } = node.attributes ?? {};
  const number = portNumberSchema.safeParse(Number(port));
  const isPath = path !== null && /^\/(?![/\\])[^\s\\]*$/.test(path) && path.length <= 200;
  const isKnown = machineNameSchema.safeParse(machine).success && number.success && isPath;
  if (isKnown && Object.keys(rest).length === 0 && node.children.length === 0)
    return [{ type: 'port', machine: machine!, port: number.data, path }];
  context.complain(
    lineOf(node),
    'write ::port{port=8080}, with machine=node2 and path=/docs where others are meant, and nothing else',
  );
  return [];
}

function toAside(node: ContainerDirective, context: BlockContext): Block[] {
  const kind = ASIDES.find((known) => known === node.name);
  if (!kind) {
    context.complain(lineOf(node), `:::${node.name} is not known; use one of: ${DIRECTIVES}`);
    return [];
  }
  if (Object.keys(node.attributes ?? {}).length > 0)
    context.complain(lineOf(node), `:::${kind} takes a title, :::${kind}[Title], and no attributes`);
  const [first, ...others] = node.children;
  const label = first?.type === 'paragraph' && first.data?.directiveLabel ? first : null;
  return [
    {
      type: 'aside',
      kind,
      title: label ? plainText(label) : null,
      children: toBlocks(label ? others : node.children, context),
    },
  ];
}

export function toInlines(nodes: readonly PhrasingContent[], context: BlockContext, terms = true): Inline[] {
  return nodes.flatMap((node) => toInline(node, context, terms));
}

function toInline(node: PhrasingContent, context: BlockContext, terms: boolean): Inline[] {
  switch (node.type) {
    case 'text': {
      // Markdown does not close `？**` before a letter, and Chinese has no blank there.
      if (node.value.includes('**'))
        context.complain(
          lineOf(node),
          '`**` does not become bold here; let the bold passage end its paragraph, or a blank follow',
        );
      const text = joinLines(node.value);
      return terms ? context.terms.mark(text) : [{ type: 'text', value: text }];
    }
    case 'inlineCode':
      return [{ type: 'code', value: node.value }];
    case 'strong':
      return [{ type: 'strong', children: toInlines(node.children, context, terms) }];
    case 'emphasis':
      return [{ type: 'em', children: toInlines(node.children, context, terms) }];
    case 'delete':
      return [{ type: 'del', children: toInlines(node.children, context, terms) }];
    case 'break':
      return [{ type: 'break' }];
    case 'link':
      if (!/^https?:\/\//.test(node.url))
        context.complain(lineOf(node), `a link must begin with https://, not \`${node.url.slice(0, 40)}\``);
      return [{ type: 'link', href: node.url, children: toInlines(node.children, context, false) }];
    case 'textDirective':
      return [{ type: 'text', value: literal(node, context) }];
    case 'html':
      context.complain(lineOf(node), 'raw HTML is not taken; say it in Markdown');
      return [];
    default:
      context.complain(
        lineOf(node),
        `${node.type} has no place in a lesson's sentence; write it as plain text`,
      );
      return [];
  }
}

/** `nginx:latest` in a sentence looks like a directive to the parser and is none. */
function literal(node: TextDirective, context: BlockContext): string {
  if (node.children.length > 0 || Object.keys(node.attributes ?? {}).length > 0)
    context.complain(
      lineOf(node),
      `:${node.name} inside a sentence is not known; directives stand on a line of their own`,
    );
  return `:${node.name}`;
}

export function plainText(node: Nodes): string {
  if ('value' in node) return node.type === 'text' ? joinLines(node.value) : node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

const WIDE = '[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef]';
const WIDE_BREAK = new RegExp(`(?<=${WIDE})\\n(?=${WIDE})`, 'gu');

/** A line break in the source is a blank, but between Chinese characters it is nothing. */
function joinLines(text: string): string {
  return text.replace(WIDE_BREAK, '').replaceAll('\n', ' ');
}
