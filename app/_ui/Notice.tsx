/** A whole page or pane for a state without content: the empty dock, what happened, what to do, one button. */
import type { ReactNode } from 'react';
import { EmptyDock } from './DockFigure.tsx';

type NoticeProps = {
  title: string;
  text: string;
  children?: ReactNode;
  heading?: 'h1' | 'h2';
  water?: number;
};

export function Notice({ title, text, children, heading: Heading = 'h1', water }: NoticeProps) {
  return (
    <div className="m-auto flex max-w-120 flex-col items-start gap-2 p-6">
      <EmptyDock className="mb-4 max-w-full" water={water} />
      <Heading
        className={Heading === 'h1' ? 'text-xl font-strong text-balance' : 'text-lg font-strong text-balance'}
      >
        {title}
      </Heading>
      <p className="text-md text-pretty text-ink-2">{text}</p>
      {children && <div className="mt-3 flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
