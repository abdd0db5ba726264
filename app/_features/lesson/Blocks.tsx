/** A step's blocks, one after another. */
'use client';
import type { Block, DiagramName } from '#server/protocol/lesson.ts';
import { Aside } from './Aside.tsx';
import { layOut, type LaidOut } from './blocks.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { useFigure } from './figures.tsx';
import { Inlines } from './Inlines.tsx';
import { Quiz } from './Quiz.tsx';
import { HelpPart } from './HelpPart.tsx';
import { TaskCard } from './TaskCard.tsx';

export function Blocks({ blocks }: { blocks: Block[] }) {
  // A lesson's text never changes while it is shown: the position is the identity.
  return layOut(blocks).map((block, index) => <One key={index} block={block} />);
}

function One({ block }: { block: LaidOut }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines>{block.children}</Inlines>
        </p>
      );
    case 'heading': {
      // The step's title is the page's h1; headings in the text start one below.
      const Heading = block.depth === 3 ? 'h2' : 'h3';
      return (
        <Heading>
          <Inlines>{block.children}</Inlines>
        </Heading>
      );
    }
    case 'code':
      return <CodeBlock block={block} />;
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List {...(block.ordered && block.start !== 1 ? { start: block.start } : {})}>
          {block.items.map((item, index) => (
            <li key={index}>
              <Blocks blocks={item} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <Table header={block.header} rows={block.rows} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'aside':
      return (
        <Aside kind={block.kind} title={block.title}>
          <Blocks blocks={block.children} />
        </Aside>
      );
    case 'tasks':
      return <TaskCard ids={block.ids} />;
    case 'quiz':
      return <Quiz id={block.id} />;
    case 'port':
      return <HelpPart part="port" block={block} />;
    case 'diagram':
      return <Figure name={block.name} />;
  }
}

function Figure({ name }: { name: DiagramName }) {
  return useFigure(name);
}

type Cells = Extract<Block, { type: 'table' }>;

function Table({ header, rows }: Pick<Cells, 'header' | 'rows'>) {
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            {header.map((cell, index) => (
              <th key={index} scope="col">
                <Inlines>{cell}</Inlines>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Inlines>{cell}</Inlines>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
